// The resources of the fuzz test about everything but rows: who asks, how often, with which content; middleware and odd answers.
import {
  ACCEPTED,
  cachePage,
  contentDisposition,
  cors,
  csv,
  json,
  MULTIPLE_CHOICES,
  NO_CONTENT,
  octets,
  OK,
  requireUser,
  RESET_CONTENT,
  resource,
  retryAfter,
  router,
  SEE_OTHER,
  SERVICE_UNAVAILABLE,
  text,
  UNAVAILABLE_FOR_LEGAL_REASONS,
  type Middleware,
  type Representation,
  type RateLimit,
  type Router,
  type SharedStore,
  type Verdict,
} from 'slumberjs/http'
import { parseMultipart, parseUrlEncoded } from '../../../src/http/content/form.ts'
import { silentLogger } from '../../../src/wire/index.ts'
import { bearer } from '../decisions/asking.ts'
import { data, modified } from './data.ts'
import { Article, Articles, Slot } from './resources.ts'

/** Opens for ada, if it opens at all. */
class Vault extends resource('/vault/:door{[a-z]+}') {
  override readonly schemes = [bearer]
  override isAllowed(): boolean {
    return this.params.door !== 'shut'
  }
  GET(): unknown {
    return { open: true }
  }
  DELETE(): void {
    // it stays what it is
  }
}

class Nobody extends resource('/nobody') {
  override isAuthenticated(): boolean {
    return false
  }
  GET(): unknown {
    return 'secret'
  }
}

class Down extends resource('/down/:state{up|down|back}') {
  override isAvailable(): Verdict {
    if (this.params.state === 'back') return SERVICE_UNAVAILABLE(undefined, retryAfter(20))
    return this.params.state === 'up'
  }
  GET(): unknown {
    return 'up'
  }
}

class Limited extends resource('/limited') {
  override readonly schemes = [bearer]
  override readonly allowsAnonymous = true
  override readonly rateLimit: readonly RateLimit[] = [
    { count: 2, window: 60, by: 'address', name: 'address' },
    { count: 3, window: 60, name: 'caller' },
  ]
  override get sharedStore(): SharedStore {
    return data.store
  }
  GET(): unknown {
    return this.exchange.principal?.name ?? null
  }
}

const form: Representation = {
  name: 'form',
  mediaType: 'application/x-www-form-urlencoded',
  showsLinks: false,
  read: (content) => parseUrlEncoded(content),
}
const multipart: Representation = {
  name: 'multipart',
  mediaType: 'multipart/form-data',
  showsLinks: false,
  read: async (content, { contentType }) => await parseMultipart(content, contentType),
}

class Uploads extends resource('/uploads') {
  override readonly produces = [json]
  override readonly accepts = [json, octets, form, multipart]
  override readonly needsLength = true
  override readonly contentLimits = { size: 2_000, depth: 8 }
  POST(): unknown {
    data.uploads.push(typeof this.data())
    return { octets: this.exchange.content?.byteLength }
  }
}

const bytes = Uint8Array.from({ length: 100 }, (_, index) => index)

class Blobs extends resource('/blobs/:kind{view|blob|stream|text}') {
  override readonly produces = [octets]
  override readonly ranges = true
  override readonly caching = { visibility: 'public' as const, maxAge: 3600, immutable: true }
  override entityTag(): string {
    return 'b1'
  }
  override lastModified(): Date {
    return modified
  }
  GET(): unknown {
    const headers = { 'content-disposition': contentDisposition('Menü\r\n.pdf') }
    if (this.params.kind === 'view') return OK(bytes, headers)
    if (this.params.kind === 'blob') return OK(new Blob([bytes], { type: 'image/png' }), headers)
    if (this.params.kind === 'stream') return new Blob([bytes]).stream()
    return OK('text of a hundred octets'.padEnd(100), { 'content-type': 'text/plain; charset=utf-8' })
  }
}

/** Takes a while; nothing is done twice. */
class Jobs extends resource('/jobs/:kind{quick|long|elsewhere|failing}') {
  override readonly idempotency = { required: true, maxContent: 100 }
  override get sharedStore(): SharedStore {
    return data.store
  }
  async POST(): Promise<unknown> {
    await new Promise((resolve) => setTimeout(resolve))
    if (this.params.kind === 'failing') return UNAVAILABLE_FOR_LEGAL_REASONS
    data.jobs.push(this.params.kind)
    if (this.params.kind === 'long') return 'a'.repeat(200)
    if (this.params.kind === 'elsewhere') return SEE_OTHER(undefined, { location: '/articles' })
    return ACCEPTED({ state: 'waiting' }, { location: '/jobs/quick', ...retryAfter(1) })
  }
}

/** Its store has room for one key. */
class Forgetful extends resource('/forgetful') {
  override readonly idempotency = {}
  override get sharedStore(): SharedStore {
    return data.tinyStore
  }
  POST(): unknown {
    return NO_CONTENT
  }
}

const closed: Middleware = {
  name: 'closed',
  vary: ['x-holiday'],
  request: ({ exchange }) =>
    exchange.headers.has('x-holiday') ? SEE_OTHER(undefined, { location: '/articles' }) : undefined,
}

class Shared extends resource('/shared') {
  override readonly middleware = [
    cors({ origin: ['https://a.example'], methods: ['PUT', 'DELETE'], maxAge: 60, credentials: true }),
    requireUser({ methods: ['PUT', 'DELETE'], permission: 'shared.change' }),
    closed,
  ]
  override readonly schemes = [bearer]
  override readonly allowsAnonymous = true
  GET(): unknown {
    return { hello: this.exchange.principal?.name }
  }
  PUT(): unknown {
    return NO_CONTENT
  }
}

class Cached extends resource('/cached') {
  override readonly produces = [json, text]
  override readonly middleware = [cachePage(60)]
  override entityTag(): string {
    return 'c1'
  }
  GET(): unknown {
    return { dear: true }
  }
  DELETE(): void {
    // only what is kept is dropped
  }
}

class Odd extends resource('/odd/:kind{[a-z]+}') {
  override readonly serverTiming = true
  override readonly deprecation = { since: modified, documentation: '/é?a b' }
  GET(): unknown {
    this.exchange.timings.set('db', 1.25)
    const { kind } = this.params
    if (kind === 'finished') return new Response('<p>', { headers: { 'content-type': 'text/html; charset=utf-8' } })
    if (kind === 'reset') return RESET_CONTENT
    if (kind === 'choices') return MULTIPLE_CHOICES([1, 2], { link: '</a>; rel="alternate"' })
    if (kind === 'cookies') return OK('x', { 'set-cookie': ['a=1', 'b=2\r\nx: y'], 'x-any': 'a\r\nb\0c' })
    if (kind === 'nothing') return undefined
    return UNAVAILABLE_FOR_LEGAL_REASONS('Not here.')
  }
}

/** Writes CSV whatever is wanted. */
class Single extends resource('/single') {
  override readonly produces = [csv]
  override readonly accepts = []
  override readonly acceptFallback = true
  GET(): unknown {
    return [{ a: '=1', b: '@x\r\n' }]
  }
  POST(): unknown {
    return NO_CONTENT
  }
}

const resources = [
  Article,
  Articles,
  Slot,
  Vault,
  Nobody,
  Down,
  Limited,
  Uploads,
  Blobs,
  Jobs,
  Forgetful,
  Shared,
  Cached,
  Odd,
  Single,
]

export const app: Router = router(resources, { defaults: { trace: true }, logger: silentLogger })
