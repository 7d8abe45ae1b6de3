// The order of the decision table: a request that fails at all of it, to a resource that says no to all, is mended step by step.
// Which order that is, stands in decisions.test.ts.
import { describe, expect, test } from 'vitest'
import { aboutTheRequest, aboutTheTarget, memoryStore, Resource, SEE_OTHER, type Settings } from 'slumberjs/http'
import { bearer, twice } from './asking.ts'
import { lastModified } from '../fixture.ts'

const table = [...aboutTheRequest, ...aboutTheTarget]

class All extends Resource {
  override entityTag(): string {
    return 'v1'
  }
  override lastModified(): Date {
    return lastModified
  }
  GET(): string {
    return 'done'
  }
  POST(): string {
    return 'done'
  }
  PUT(): void {
    // nothing is there to be replaced
  }
  PATCH(): string {
    return 'done'
  }
  DELETE(): void {
    // nothing is there to be removed
  }
  QUERY(): string {
    return 'done'
  }
}

/** What is wrong in a request, or with a resource. */
interface Wrong {
  readonly method?: string
  readonly path?: string
  readonly search?: string
  /** An empty value leaves the field out. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly settings?: Partial<Settings>
  /** What methods of the resource give. */
  readonly says?: Readonly<Record<string, unknown>>
}

const answers = { name: 'answers', request: () => SEE_OTHER }
const absent = { exists: false }

/** How a request comes to end at a decision. */
const wrongs = (method: string): Readonly<Record<string, Wrong>> => ({
  isAvailable: { says: { isAvailable: false } },
  isKnownMethod: { method: 'FROB' },
  isUriShort: { path: '/'.padEnd(9_000, 'a') },
  isAnsweredBeforeAuth: { settings: { middleware: [answers, { ...answers, beforeAuth: true }] } },
  isMethodAllowed: { says: { methods: [] } },
  areFieldsWellFormed: { headers: { authorization: 'Bearer eve, Bearer ada' } },
  isQueryWellFormed: { search: '?%ff' },
  isWellFormed: { says: { isWellFormed: false } },
  isAddressWithinLimit: { settings: { rateLimit: { count: 1, by: 'address' } } },
  isAuthenticated: { headers: { authorization: 'Bearer eve' } },
  isAllowed: { says: { isAllowed: false } },
  isCallerWithinLimit: { settings: { rateLimit: { count: 1 } } },
  isAnsweredByMiddleware: { settings: { middleware: [answers] } },
  isContentEncodingKnown: { headers: { 'content-encoding': 'br' } },
  isWhole: { headers: { 'content-range': 'bytes 0-1/2' } },
  isContentTypeKnown: { headers: { 'content-type': 'text/csv' } },
  isLengthGiven: { settings: { needsLength: true }, headers: { 'transfer-encoding': 'chunked' } },
  isContentReceived: { settings: { contentLimits: { size: 0, depth: 1 } } },
  isOptions: {},
  isAcceptable: { headers: { accept: 'text/csv' } },
  isAttemptNew: { settings: { idempotency: { required: true } } },
  isMoved: { says: { ...absent, movedTo: '/b' } },
  isElsewhere: { says: { ...absent, temporarilyAt: '/b' } },
  isGone: { says: { ...absent, isGone: true } },
  isThereOrCreated: { says: absent },
  isConditionGiven: {
    settings: { requiresCondition: [method] },
    headers: { 'if-match': '', 'if-none-match': '', 'if-unmodified-since': '' },
  },
  areConditionsWellFormed: { headers: { 'if-match': 'v1' } },
  doesIfMatchHold: { headers: { 'if-match': '"v0"' } },
  isUnmodifiedSince: { headers: { 'if-unmodified-since': 'Sat, 05 Nov 1994 08:49:37 GMT' } },
  doesIfNoneMatchHold: { headers: { 'if-none-match': '*' } },
  isModifiedSince: { headers: { 'if-modified-since': 'Mon, 07 Nov 1994 08:49:37 GMT' } },
  isContentIntact: { headers: { 'content-digest': 'sha-256=:AAAA:' } },
  isContentReadable: { body: '{' },
  isContentValid: { says: { isContentValid: false } },
  hasConflict: { says: { hasConflict: true } },
})

/** Where two are about the same thing, the first counts. */
function merged([first, ...others]: readonly Wrong[]): Wrong {
  if (first === undefined) return {}
  const rest = merged(others)
  return {
    ...rest,
    ...first,
    headers: { ...rest.headers, ...first.headers },
    settings: { ...rest.settings, ...first.settings },
    says: { ...rest.says, ...first.says },
  }
}

/** Asked twice, so that what may be asked once is asked too often. */
async function askedOf(method: string, wrong: Wrong) {
  class Wronged extends All {}
  const settings = { schemes: [bearer], sharedStore: memoryStore(), ...wrong.settings }
  for (const [name, value] of Object.entries(settings)) Object.defineProperty(Wronged.prototype, name, { value })
  for (const [name, value] of Object.entries(wrong.says ?? {})) {
    Object.defineProperty(Wronged.prototype, name, { value: name === 'methods' ? value : () => value })
  }
  const headers = { authorization: 'Bearer ada', 'content-type': 'application/json', ...wrong.headers }
  const takesBody = ['POST', 'PUT', 'PATCH', 'QUERY', 'FROB'].includes(wrong.method ?? method)
  const asked = {
    path: (wrong.path ?? '/') + (wrong.search ?? ''),
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')),
    ...(takesBody ? { body: wrong.body ?? '1' } : {}),
  }
  return await twice(Wronged, wrong.method ?? method, asked)(true)
}

/** The questions at which a request with this method can end. */
function endsOf(method: string) {
  const asked = table.filter(({ methods, yes, no }) => {
    return (methods === undefined || methods.includes(method)) && !(yes === 'next' && no === 'next')
  })
  if (method !== 'OPTIONS') return asked.filter(({ name }) => name !== 'isOptions')
  return asked.slice(0, asked.findIndex(({ name }) => name === 'isOptions') + 1)
}

describe.each(['GET', 'HEAD', 'POST', 'QUERY', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s', (method) => {
  const ends = endsOf(method)
  const wrong = wrongs(method)

  test.each(ends.map(({ name, yes, no }, index) => ({ name, yes, no, index })))(
    'of $name and all that comes after it, it ends at that one',
    async ({ name, yes, no, index }) => {
      const { response, trace } = await askedOf(method, merged(ends.slice(index).map((end) => wrong[end.name] ?? {})))
      expect(trace.at(-1)?.split(';')[0]).toBe(name)
      const { statuses } = yes === 'next' || no !== 'next' ? Object(no) : yes
      if (!name.startsWith('isAnswered')) expect(statuses).toContain(response.status)
    },
  )

  test('with nothing left, it is done', async () => {
    const { response, trace } = await askedOf(method, {})
    expect(response.status).toBeLessThan(300)
    expect(trace.map((entry) => entry.split(';')[0])).toEqual(
      (method === 'OPTIONS' ? ends : table).filter((decision) => isFor(decision, method)).map(({ name }) => name),
    )
  })
})

function isFor({ methods }: { readonly methods?: readonly string[] }, method: string): boolean {
  return methods === undefined || methods.includes(method)
}
