// References that are asked for at the same time: one request for all of a model that one user asks for, answered by URL.

import type { ModelDocument } from '../wire/index.ts'
import { withParameters } from './encode.ts'
import { NotFound, Refused, UnexpectedAnswer } from './errors.ts'
import { linkIn, pageIn, shownIn } from './hal.ts'
import { keyAt } from './identity.ts'
import type { InstanceClient } from './instance.ts'
import { filled } from './operations.ts'
import type { Session } from './session.ts'
import type { Tree } from './values.ts'

/** Instances of one request. */
const most = 200
/** What a service compares for one question; each instance with a key of several parts takes one for each, and one more. */
const mostComparisons = 98

/** URLs to be asked for → what comes of each, once it is. */
type Batch = Map<string, Promise<InstanceClient | undefined> | undefined>

/**
 * Gives the instance at an absolute URL. Whatever else is asked for before the promises of this moment are through goes with it;
 * where it is not there, it is NotFound.
 */
export function batching(session: Session): (model: ModelDocument, url: string) => Promise<InstanceClient> {
  /** By the URL of the model, and the user: what one may read says nothing of another. */
  const open = new Map<string, Batch>()
  return async (model, url) => {
    const name = `${model.url} ${await session.sender.userAt(url)}`
    const batch: Batch = open.get(name) ?? new Map()
    const isFirst = batch.size === 0
    batch.set(url, undefined)
    open.set(name, batch)
    await Promise.resolve()
    if (isFirst) {
      open.delete(name)
      ask(session, model, batch)
    }
    const instance = await batch.get(url)
    if (instance !== undefined) return instance
    const detail = 'It is not there, or may not be read.'
    throw new NotFound({ method: 'GET', url }, { title: 'Not Found', status: 404, detail }, new Map())
  }
}

/** Together those whose URLs hold keys, where there is more than one. */
function ask(session: Session, model: ModelDocument, batch: Batch): void {
  const query = model.operations.model['query']
  const keys = [...batch.keys()].flatMap((url) => {
    const key = query && keyAt(model, url)
    return key === undefined ? [] : [{ url, key }]
  })
  const href = query === undefined ? '' : filled(query).url
  const { length } = model.key
  const size = length === 1 ? most : Math.floor(mostComparisons / (length + 1))
  for (let from = 0; from < keys.length - 1; from += size) {
    const part = keys.slice(from, from + size)
    const found = askTogether(
      session,
      model,
      href,
      part.map(({ key }) => key),
    )
    for (const { url } of part) {
      const answer = found.then(
        ({ rows, isWhole }) => rows.get(url) ?? (isWhole ? undefined : session.ask(model, url)),
        (error: unknown) => {
          if (isOfSome(error)) return session.ask(model, url)
          throw error
        },
      )
      batch.set(url, answer)
    }
  }
  for (const [url, answer] of batch) if (answer === undefined) batch.set(url, session.ask(model, url))
}

/** What one of them may be to blame for is no answer for the others: each is asked for by itself. */
function isOfSome(error: unknown): boolean {
  if (error instanceof Refused) return ![401, 429, 503].includes(error.status)
  return error instanceof UnexpectedAnswer
}

/** Those that came, and whether there are no further ones. */
interface Together {
  readonly rows: ReadonlyMap<string, InstanceClient>
  readonly isWhole: boolean
}

async function askTogether(
  session: Session,
  model: ModelDocument,
  href: string,
  keys: readonly Tree[],
): Promise<Together> {
  const [name = '', ...others] = model.key
  const body = others.length === 0 ? { [name]: { in: keys.map((key) => key[name]) } } : { or: keys }
  const url = withParameters(href, [['limit', String(keys.length)]])
  const reply = await session.sender.send({ method: 'POST', url, body, isSafe: true })
  const shown = pageIn(reply, reply.content).map((row) => shownIn(reply, row, model))
  const rows = new Map(shown.map((row) => [row.self.href, session.shared(model, row, reply.share)]))
  return { rows, isWhole: linkIn(reply, reply.content, 'next') === undefined }
}
