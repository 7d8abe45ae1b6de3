// The resources of the checklist that have something around them: callers, limits, CORS, languages, codings, caching.
import {
  at,
  cors,
  CREATED,
  html,
  json,
  resource,
  xml,
  type Answer,
  type Exchange,
  type Principal,
  type Scheme,
} from 'slumberjs/http'
import { Article } from './articles.ts'
import { rows } from './store.ts'

const word = { hello: 'world' }

const principal = (name: string): Principal => ({ name, superuser: false, can: () => name === 'ada' })

/** `Bearer ada` and `Bearer fay` are known; fay holds no permissions. */
const bearer: Scheme = {
  challenge: 'Bearer realm="api"',
  authenticate: async ({ headers }) => {
    const [scheme = '', name = ''] = headers.get('authorization')?.split(' ') ?? []
    if (scheme.toLowerCase() !== 'bearer') return undefined
    return name === 'ada' || name === 'fay' ? principal(name) : 'refused'
  },
}

/** Not in `Authorization`: shared caches would not know it. `Signature: ada` stands for a signature. */
const signature: Scheme = {
  challenge: 'Signature realm="api"',
  authenticate: async ({ headers }: Exchange) => {
    const name = headers.get('signature')
    return name === null ? undefined : principal(name)
  },
}

class Guarded extends resource('/guarded/:id{[0-9]+}/', { extends: Article }) {
  override schemes = [bearer, signature]
  override isAllowed(): boolean {
    return this.exchange.principal?.can('articles.view') === true
  }
}

/** Who may not see a row is answered as if it were not there. */
class Hidden extends resource('/hidden/:id{[0-9]+}/', { extends: Article }) {
  override schemes = [bearer, signature]
  override exists(): boolean {
    return super.exists() && this.exchange.principal?.can('articles.view') === true
  }
}

class Limited extends resource('/limited/') {
  override rateLimit = { count: 2, window: 60 }
  GET = (): unknown => word
}

/** Each POST is an order; a key makes it one, however often it is sent. `/orders/keyed/` needs one. */
class Orders extends resource('/orders/') {
  override schemes = [bearer]
  override allowsAnonymous = true
  override idempotency = {}
  POST(): Answer {
    const id = rows.orders.size + 1
    rows.orders.set(id, this.data())
    return CREATED({ id }, { location: `/orders/${id}/` })
  }
}

const shared = cors({
  origin: ['https://a.example'],
  methods: ['GET', 'PUT', 'PATCH', 'DELETE'],
  credentials: true,
  maxAge: 600,
})

class Shared extends resource('/cors/:id{[0-9]+}/', { extends: Article }) {
  override middleware = [shared]
}

class SharedReadOnly extends resource('/cors/ro/') {
  override middleware = [shared]
  GET = (): unknown => word
}

class SharedGuarded extends resource('/cors/guarded/') {
  override middleware = [shared]
  override schemes = [bearer]
  GET = (): unknown => word
}

class SharedFailing extends resource('/cors/failing/') {
  override middleware = [shared]
  GET(): never {
    throw new Error('secret')
  }
}

/** English or French. */
class Languages extends resource('/languages/') {
  override languages = ['en', 'fr']
  override entityTag = (): string => 'v1'
  GET(): unknown {
    return this.exchange.language === 'fr' ? 'bonjour' : 'hello'
  }
}

class Coded extends resource('/gzip/') {
  override produces = [json, html, xml]
  override encodings = ['gzip' as const]
  override entityTag = (): string => 'v1'
  GET = (): unknown => ({ text: 'slumber '.repeat(200) })
}

class Public extends resource('/public/') {
  override caching = { visibility: 'public' as const, maxAge: 60 }
  override entityTag = (): string => 'v1'
  GET = (): unknown => word
}

class Versioned extends resource('/versions/1/:version{v[0-9]+}/') {
  override caching = { maxAge: 31_536_000, immutable: true }
  override entityTag = (): string => this.params.version
  GET = (): unknown => word
}

class Deprecated extends resource('/deprecated/') {
  override deprecation = {
    since: new Date(1_688_169_599_000),
    sunset: new Date('2030-01-01T00:00:00Z'),
    documentation: '/docs/deprecated',
  }
  GET = (): unknown => word
}

export const surrounded = [
  Guarded,
  Hidden,
  Limited,
  Orders,
  Shared,
  SharedReadOnly,
  SharedGuarded,
  SharedFailing,
  Languages,
  Coded,
  Public,
  Versioned,
  Deprecated,
  at('/orders/keyed/', Orders, { idempotency: { required: true } }),
]
