// A router that uses every feature a description tells of: for the tests of OpenAPI, and for the tools of scripts/openapi.mjs.

import {
  at,
  html,
  octets,
  openApiResource,
  query,
  requireUser,
  resource,
  Resource,
  router,
  text,
  type Exchange,
  type Principal,
  type Router,
  type Scheme,
} from 'slumberjs/http'
import { Comments, Post, PostAuthor, Posts } from './posts.ts'
import { Author } from './schemas.ts'

function scheme(name: string, credentials: string): Scheme {
  const principal: Principal = { name: 'ada', superuser: false, can: (permission) => permission === 'notes.read' }
  return {
    challenge: `${name} realm="notes"`,
    async authenticate({ headers }: Exchange): Promise<Principal | 'refused' | undefined> {
      const given = headers.get('authorization')
      if (given?.startsWith(`${name} `) !== true) return undefined
      return given === `${name} ${credentials}` ? principal : 'refused'
    },
  }
}

const schemes = [scheme('Basic', btoa('ada:secret')), scheme('Bearer', 'token'), scheme('Signature', 'x')]

/** Only for those who say who they are. */
class Notes extends resource('/notes') {
  override readonly schemes = schemes

  override isAllowed(): boolean {
    return this.exchange.headers.get('from') === null
  }

  GET(): unknown {
    return { of: this.exchange.principal?.name }
  }
}

/** Anybody may read. */
class Wall extends resource('/wall') {
  override readonly schemes = schemes
  override readonly allowsAnonymous = true
  override readonly middleware = [requireUser({ methods: ['POST'], permission: 'notes.write' })]

  GET(): unknown {
    return []
  }

  POST(): void {
    this.data()
  }
}

/** An optional parameter, an end, and languages. */
class Archive extends resource('/archive/:year{[0-9]{4}}?', { query: { short: query.boolean({ required: true }) } }) {
  override readonly produces = [text, html]
  override readonly languages = ['en', 'de']
  override readonly deprecation = {
    since: new Date('2026-01-01T00:00:00Z'),
    sunset: new Date('2036-12-31T00:00:00Z'),
    documentation: 'https://example.org/archive',
  }

  GET(): string {
    return this.params.year ?? 'all'
  }
}

/** Octets, of which parts can be had. */
class Picture extends resource('/pictures/:name') {
  override readonly produces = [octets]
  override readonly ranges = true

  override entityTag(): string {
    return 'p1'
  }

  GET(): Uint8Array {
    return new Uint8Array(100)
  }
}

class File extends resource('/files/:path{.+}') {
  override readonly produces = [text]

  GET(): string {
    return this.params.path
  }
}

/** What was here is elsewhere, or gone, or not always open. */
class Former extends resource('/former/:name') {
  override exists(): boolean {
    return this.params.name === 'open'
  }

  override movedTo(): string | undefined {
    return this.params.name === 'moved' ? '/wall' : undefined
  }

  override temporarilyAt(): string | undefined {
    return this.params.name === 'away' ? '/wall' : undefined
  }

  override isGone(): boolean {
    return this.params.name === 'gone'
  }

  override isAvailable(): boolean {
    return this.params.name !== 'closed'
  }

  override hasConflict(): boolean {
    return true
  }

  GET(): unknown {
    return null
  }

  DELETE(): void {}
}

/** Has no path of its own. */
class Health extends Resource {
  override readonly output = {}

  GET(): unknown {
    return { status: 'ok' }
  }
}

/** So that it is seen that the tools look. */
class Lie extends resource('/lie') {
  override readonly output = { GET: Author }

  GET(): unknown {
    return { name: '' }
  }
}

export const app: Router = router(
  [
    Posts,
    Post,
    Comments,
    PostAuthor,
    Notes,
    Wall,
    Archive,
    Picture,
    File,
    Former,
    Lie,
    at('/health', Health),
    at('/ready', Health, { description: 'Whether it can *work*.' }),
    openApiResource('/openapi.json', { title: 'Posts', version: '1.0.0', description: 'A test.' }, (): Router => app),
  ],
  { prefix: '/api', logger: { debug() {}, info() {}, warn() {}, error() {} } },
)
