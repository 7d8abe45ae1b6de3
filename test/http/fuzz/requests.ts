// Requests of the fuzz test: some that reach a certain end of the decision table, some of these with other fields, some wild.
import * as fc from 'fast-check'
import { gzipped, parts, sent, targets, title, type Sent, type Steps } from './targets.ts'
import { anyHeaders, some } from './values.ts'

const methods = ['GET', 'HEAD', 'POST', 'QUERY', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'FROB']
const paths = fc.oneof(
  some(
    '/articles',
    '/articles/1',
    '/articles/6',
    '/articles/50',
    '/slots/full',
    '/slots/new',
    '/slots/weak',
    '/slots/bare',
  ),
  some(
    '/vault/open',
    '/down/up',
    '/limited',
    '/uploads',
    '/blobs/view',
    '/jobs/quick',
    '/shared',
    '/cached',
    '/odd/other',
    '/single',
  ),
  fc.webPath(),
)
const searches = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.webQueryParameters().map((text) => `?${text}`),
  some('?format=html', '?q=%', '?page=2'),
)
const bodies = fc.oneof(
  some<Sent['body']>(
    title,
    '',
    '1',
    '{',
    'a=1',
    parts,
    gzipped(title),
    gzipped(title).subarray(3),
    `"${'x'.repeat(4_000)}"`,
  ),
  fc.json({ maxDepth: 3 }),
  fc.uint8Array({ maxLength: 50 }).map((octets) => Uint8Array.from(octets)),
)
const wild: Steps = fc
  .tuple(
    some(...methods),
    paths,
    searches,
    anyHeaders,
    bodies,
    some<Sent['way']>(undefined, undefined, 'stream', 'breaks'),
  )
  .map(([method, path, search, headers, body, way]) => {
    const content = method === 'GET' || method === 'HEAD' ? undefined : body
    return { requests: [sent(method, path + search, headers, content, way === undefined ? {} : { way })] }
  })

const certain: Steps = fc.oneof(...Object.values(targets))

/** What would reach a certain end, with other fields. */
const changed: Steps = fc.tuple(certain, anyHeaders).map(([{ requests, ...step }, headers]) => ({
  ...step,
  requests: requests.map((request) => ({ ...request, headers: { ...request.headers, ...headers } })),
}))

export const steps: Steps = fc.oneof(
  { weight: 6, arbitrary: certain },
  { weight: 2, arbitrary: changed },
  { weight: 2, arbitrary: wild },
)

export function requestOf({ method, path, headers, body, way }: Sent): Request {
  const content = way === undefined || body === undefined ? body : streamOf(body, way)
  return new Request(`http://h${path}`, {
    method,
    headers,
    ...(content === undefined ? {} : { body: content, duplex: 'half' }),
  })
}

function streamOf(body: string | Uint8Array<ArrayBuffer>, way: 'stream' | 'breaks'): ReadableStream<Uint8Array> {
  const octets = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return new ReadableStream({
    start: (controller) => {
      for (let at = 0; at < octets.length; at += 700) controller.enqueue(octets.subarray(at, at + 700))
      if (way === 'stream') controller.close()
    },
    pull: (controller) => {
      if (way === 'breaks') controller.error(new Error('gone'))
    },
  })
}
