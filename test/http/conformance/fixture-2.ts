// What the checklist's own fixture does not show: answers that depend on everything, writes that meet, lists with members, text with
// ranges, and links below a prefix.
import { setTimeout as after } from 'node:timers/promises'
import {
  cors,
  CREATED,
  Entity,
  html,
  json,
  NO_CONTENT,
  OK,
  resource,
  router,
  SEE_OTHER,
  text,
  xml,
  type Answer,
  type HalLinks,
  type Router,
  type Scheme,
} from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'

/** `Bearer ada` is ada; everybody is known. */
export const bearer: Scheme = {
  challenge: 'Bearer realm="api"',
  authenticate: async ({ headers }) => {
    const name = /^Bearer (\w+)$/.exec(headers.get('authorization') ?? '')?.[1]
    return name === undefined ? undefined : { name, superuser: false, can: () => true }
  },
}

/** `/everything/1/`: three formats, two languages, gzip, a preference, a cookie, pages of other origins. Others are not there. */
export class Everything extends resource('/everything/:id{[0-9]+}/') {
  override produces = [json, html, xml]
  override languages = ['en', 'fr']
  override encodings = ['gzip' as const]
  override middleware = [cors({ origin: ['https://a.example'] })]
  override vary = ['prefer', 'cookie']
  override exists = (): boolean => this.params.id === '1'
  override entityTag = (): string => 'v1'
  override variant = (): string => this.exchange.preferences.return ?? ''
  GET = (): unknown => (this.exchange.preferences.return === 'minimal' ? { id: 1 } : { id: 1, title: 'One' })
}

/** UTF-8 of more octets than characters, for a day, with a URL of this very version. */
export class Greeting extends resource('/greeting/') {
  static readonly content = 'Grüße, 世界! 🌍 '.repeat(4)
  override produces = [text]
  override ranges = true
  override caching = { visibility: 'public' as const, maxAge: new Date(Date.now() + 86_400_000) }
  override vary = ['cookie']
  override entityTag = (): string => 'v1'
  override lastModified = (): Date => new Date('1994-11-06T08:49:37Z')
  GET = (): Answer => OK(Greeting.content, { 'content-location': '/greeting/v1' })
}

/** One balance that is read, and a while later written. */
export function accountApp(): {
  readonly app: Router
  readonly state: { balance: number; version: number; writes: number }
} {
  const state = { balance: 0, version: 1, writes: 0 }
  let last: Promise<unknown> = Promise.resolve()
  class Account extends resource('/account/') {
    #version = 0
    override transact(rest: () => Promise<Answer>): Promise<Answer> {
      const mine = last.then(rest)
      last = mine.catch(() => undefined)
      return mine
    }
    override async exists(): Promise<boolean> {
      await after(1)
      this.#version = state.version
      return true
    }
    override entityTag = (): string => `v${this.#version}`
    GET = (): unknown => ({ balance: state.balance })
    async PUT(): Promise<Answer> {
      const { balance } = this.data() as { readonly balance: number } // the tests send nothing else
      await after(1)
      Object.assign(state, { balance, version: state.version + 1, writes: state.writes + 1 })
      return NO_CONTENT()
    }
  }
  return { app: router([Account], { logger: silentLogger }), state }
}

interface Member {
  readonly owner: string
  readonly name: string
  readonly version: number
}

/** Lists of what a caller owns: the tag of a list is made of the members that are in it. */
export function membersApp(): Router {
  const members = new Map<number, Member>([[1, { owner: 'ada', name: 'one', version: 1 }]])
  let next = 2
  class Members extends resource('/members/') {
    override schemes = [bearer]
    get #visible(): readonly [number, Member][] {
      return [...members].filter(([, { owner }]) => owner === this.exchange.principal?.name)
    }
    override entityTag = (): string => this.#visible.map(([id, { version }]) => `${id}-${version}`).join('_')
    GET = (): unknown => this.#visible.map(([id, { name }]) => ({ id, name }))
    POST(): Answer {
      const id = next++
      const { owner = this.exchange.principal?.name ?? '', name = '' } = this.data() as Partial<Member> // as the tests send it
      members.set(id, { owner, name, version: 1 })
      return CREATED(undefined, { location: MemberResource.url({ id }) })
    }
  }
  class MemberResource extends resource('/members/:id{[0-9]+}/') {
    override schemes = [bearer]
    override exists = (): boolean => members.has(Number(this.params.id))
    PUT(): Answer {
      const id = Number(this.params.id)
      const before = members.get(id)
      const given = this.data() as Partial<Member> // as the tests send it
      members.set(id, { owner: '', name: '', ...before, ...given, version: (before?.version ?? 0) + 1 })
      return NO_CONTENT()
    }
    DELETE(): Answer {
      members.delete(Number(this.params.id))
      return NO_CONTENT()
    }
  }
  return router([Members, MemberResource], { logger: silentLogger })
}

/** A service that shows its own URLs, wherever it is mounted. */
export function linkedApp(prefix: string): Router {
  class Root extends resource('/') {
    GET(): Entity {
      const links: HalLinks = {
        'service-desc': { href: `${prefix}/openapi.json` },
        describedby: { href: `${prefix}/docs`, title: 'Über, "alles"; und mehr' },
        collection: { href: app.urlOf(Notes) },
        item: { href: app.urlOf(Note, { id: 'a b ü' }) },
        alternate: { href: '?format=html' },
        type: { href: 'https://schema.example/Service' },
        search: { href: `${prefix}/notes/{?q}`, templated: true },
      }
      return new Entity({ name: 'notes' }, links, '"v1"')
    }
  }
  class Notes extends resource('/notes/') {
    POST = (): Answer => SEE_OTHER(undefined, { location: app.urlOf(Note, { id: 'made' }) })
  }
  class Note extends resource('/notes/:id') {
    GET = (): unknown => ({ id: this.params.id })
  }
  const app: Router = router([Root, Notes, Note], { prefix, logger: silentLogger })
  return app
}

/** Asks a program other than the checklist's. A text as body is JSON. */
export async function askApp(
  app: Pick<Router, 'fetch'>,
  path: string,
  init: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<Response> {
  const type = init.body === undefined ? {} : { 'content-type': 'application/json' }
  return await app.fetch(new Request(new URL(path, 'http://h'), { ...init, headers: { ...type, ...init.headers } }))
}
