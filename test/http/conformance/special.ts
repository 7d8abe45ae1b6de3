// The resources of the checklist that show one thing each: gone, moved, weak, without a tag, down, asynchronous …
import { setTimeout as after } from 'node:timers/promises'
import {
  ACCEPTED,
  at,
  contentDisposition,
  formatPreferenceApplied,
  hal,
  html,
  json,
  MULTIPLE_CHOICES,
  NO_CONTENT,
  OK,
  octets,
  Problem,
  query,
  RESET_CONTENT,
  resource,
  retryAfter,
  SEE_OTHER,
  SERVICE_UNAVAILABLE,
  xml,
  type Answer,
} from 'slumberjs/http'
import { Article } from './articles.ts'
import { lastModified, rows } from './store.ts'

const word = { hello: 'world' }

class Gone extends resource('/gone/1/', { extends: Article }) {
  override exists = (): boolean => false
  override isGone = (): boolean => true
}

class Moved extends resource('/moved/1/', { extends: Article }) {
  override exists = (): boolean => false
  override movedTo = (): string => '/articles/1/'
}

class Temporary extends resource('/temp/1/', { extends: Article }) {
  override exists = (): boolean => false
  override temporarilyAt = (): string => '/articles/1/'
}

class Weak extends resource('/weak/:id{[0-9]+}/') {
  override entityTag = (): { opaque: string; weak: boolean } => ({ opaque: 'v1', weak: true })
  GET = (): unknown => word
  PUT = (): unknown => NO_CONTENT
}

/** The tag of a state may hold a comma, which a list of tags must not be split at. */
class CommaTag extends resource('/comma/') {
  override entityTag = (): string => 'a,b'
  GET = (): unknown => word
}

class NoTag extends resource('/noetag/') {
  GET = (): unknown => word
  PUT = (): unknown => NO_CONTENT
}

class Strict extends resource('/strict/:id{[0-9]+}/', { extends: Article }) {
  override requiresCondition = true
  override createsByPut = false
}

class ReadOnly extends resource('/ro/') {
  GET = (): unknown => word
}

class Single extends resource('/single/') {
  GET = (): unknown => word
}

class HalOnly extends resource('/hal/') {
  override produces = [hal]
  GET = (): unknown => word
}

class Lenient extends resource('/lenient/') {
  override produces = [json, html, xml]
  override acceptFallback = true
  GET = (): unknown => word
}

/** 100 octets of which parts can be had; what is put is stored as it comes. */
class Blob extends resource('/blob/1', { query: { download: query.text() } }) {
  override produces = [octets]
  override ranges = true
  override entityTag = (): string => `b${rows.blob.version}`
  override lastModified = (): Date => new Date(lastModified)
  GET(): Answer {
    const asked = this.query.download
    const headers =
      asked === undefined ? {} : { 'content-disposition': contentDisposition(asked || 'bläß.txt', 'attachment') }
    return OK(rows.blob.octets, headers)
  }
  PUT(): Answer {
    const { content = new Uint8Array() } = this.exchange
    rows.blob = { octets: content, version: rows.blob.version + 1 }
    return NO_CONTENT(undefined, { etag: `"b${rows.blob.version}"` })
  }
}

/** `/down/` for 20 seconds, `/down/date/` until LM, `/down/long/` nobody knows. */
class Down extends resource('/down/') {
  override isAvailable(): false | Answer {
    const { how } = this.params as { readonly how?: string } // it is mounted at `/down/`, too
    if (how === 'long') return false
    return SERVICE_UNAVAILABLE(undefined, retryAfter(how === 'date' ? new Date(lastModified) : 20))
  }
  GET = (): unknown => word
}

/** Work of 1.2 seconds. Who prefers not to wait, or not for so long, gets a monitor. */
class Job extends resource('/job/') {
  override accepts = [json]
  POST(): Promise<Answer> {
    return this.#work()
  }
  DELETE(): Promise<Answer> {
    return this.#work()
  }
  async #work(): Promise<Answer> {
    const { respondAsync = false, wait } = this.exchange.preferences
    const patience = respondAsync ? (wait ?? 0) * 900 : Infinity
    if (patience < 1200) {
      await after(patience)
      const applied = formatPreferenceApplied({ respondAsync, ...(wait === undefined ? {} : { wait }) })
      return ACCEPTED({ status: 'running' }, { location: '/job/1/', 'preference-applied': applied })
    }
    await after(1200)
    return OK({ status: 'done' })
  }
}

class Monitor extends resource('/job/:id{[0-9]+}/') {
  GET = (): unknown => ({ status: 'running' })
}

class Multi extends resource('/multi/') {
  GET = (): unknown =>
    MULTIPLE_CHOICES(['/articles/1/', '/articles/2/'], {
      link: '</articles/1/>; rel="alternate", </articles/2/>; rel="alternate"',
    })
}

class AutoKey extends resource('/autokey/:id{[0-9]+}/') {
  override exists = (): boolean => false
  GET = (): unknown => word
  PUT = (): unknown => NO_CONTENT
}

class NeedsLength extends resource('/needs-length/') {
  override needsLength = true
  POST(): unknown {
    return this.data()
  }
}

class Search extends resource('/search/') {
  POST = (): unknown => SEE_OTHER(undefined, { location: '/articles/?title=One' })
}

class FormReset extends resource('/form-reset/') {
  POST = (): unknown => RESET_CONTENT({ not: 'sent' })
}

/** Faults: of this program, and of services that it asks. */
class Failing extends resource('/failing/:how{program|hangs|garbage}/') {
  GET(): never {
    const { how } = this.params
    if (how === 'hangs') throw new Problem(504, 'The atlas did not answer in time.', { code: 'remote-timeout' })
    if (how === 'garbage') throw new Problem(502, 'The atlas answered nonsense.', { code: 'remote-failed' })
    throw new Error('secret: SELECT password FROM users; /etc/secret')
  }
}

export const special = [
  Gone,
  Moved,
  Temporary,
  Weak,
  CommaTag,
  NoTag,
  Strict,
  ReadOnly,
  Single,
  HalOnly,
  Lenient,
  Blob,
  Down,
  Job,
  Monitor,
  Multi,
  AutoKey,
  NeedsLength,
  Search,
  FormReset,
  Failing,
  at('/ro/:id{[0-9]+}/', ReadOnly),
  at('/down/:how{date|long}/', Down),
]
