// Preferences, patches and idempotency keys. Section I of the HTTP checklist; what is one answer is in cases-2.json.
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { applyJsonPatch, CREATED, jsonPatchJson, mergePatch, mergePatchJson, resource, router } from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'
import { ask, dump, reset, rows } from './fixture.ts'
import { askApp, bearer } from './fixture-2.ts'

beforeEach(reset)

const ourFile = (name: string): unknown => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

describe('H196 return=minimal', () => {
  test('of a POST is 201 with the place and without content; what was made is there', async () => {
    const response = await ask('/articles/', {
      method: 'POST',
      body: '{"title":"New"}',
      headers: { prefer: 'foo, return=minimal; a=b' },
    })
    expect([response.status, await response.text()]).toEqual([201, ''])
    expect(response.headers.get('preference-applied')).toBe('return=minimal')
    expect(response.headers.get('vary')).toContain('prefer')
    expect(await (await ask(response.headers.get('location') ?? '')).json()).toEqual({ id: 78, title: 'New' })
  })

  test('a preference nobody knows is passed over in silence', async () => {
    const headers = { prefer: 'return=everything, wait=soon, "quoted"' }
    const response = await ask('/articles/', { method: 'POST', body: '{"title":"New"}', headers })
    expect([response.status, response.headers.has('preference-applied')]).toEqual([201, false])
  })
})

describe('H201 respond-async', () => {
  test.each([
    ['respond-async, wait=1', 1_000, 'respond-async, wait=1'],
    ['respond-async', 500, 'respond-async'],
  ])('%s is 202 within %i ms, with a monitor', async (prefer, within, applied) => {
    const started = performance.now()
    const response = await ask('/job/', { method: 'POST', headers: { prefer } })
    expect(performance.now() - started).toBeLessThan(within)
    expect([response.status, response.headers.get('preference-applied')]).toEqual([202, applied])
    const monitor = await ask(response.headers.get('location') ?? '')
    expect([monitor.status, await monitor.json()]).toEqual([200, { status: 'running' }])
  })

  test('who waits longer than it takes, or says nothing, gets the result', async () => {
    for (const headers of [{ prefer: 'respond-async, wait=2' }, {}] as const) {
      const response = await ask('/job/', { method: 'POST', headers })
      expect([response.status, await response.json()]).toEqual([200, { status: 'done' }])
    }
  })
})

/** A document of any shape, that can be patched in both ways. */
const documentApp = (initial: unknown) => {
  const state = { document: structuredClone(initial), writes: 0 }
  class Document extends resource('/') {
    override acceptsPatch = [mergePatchJson, jsonPatchJson]
    GET = (): unknown => state.document
    PATCH(): unknown {
      const isOperations = this.exchange.headers.get('content-type') === jsonPatchJson.mediaType
      const patch = this.data()
      state.document = isOperations ? applyJsonPatch(state.document, patch) : mergePatch(state.document, patch)
      state.writes += 1
      return state.document
    }
  }
  return { state, app: router([Document], { logger: silentLogger }) }
}

describe('H202 a patch is done whole, or not at all', () => {
  test.each([
    [409, { op: 'test', path: '/title', value: 'Other' }],
    [422, { op: 'remove', path: '/nope' }],
    [422, { op: 'replace', path: '/title', value: 1 }],
    [409, { op: 'replace', path: '/title', value: 'Two' }],
    [400, { op: 'frob', path: '/title' }],
  ])('%i for the second operation %j', async (status, second) => {
    const before = dump()
    const body = JSON.stringify([{ op: 'replace', path: '/title', value: 'New' }, second])
    const headers = { 'content-type': 'application/json-patch+json' }
    expect((await ask('/articles/1/', { method: 'PATCH', headers, body })).status).toBe(status)
    expect(dump()).toBe(before)
  })

  test('whole, where all of it can be done', async () => {
    const body = '[{"op":"test","path":"/title","value":"One"},{"op":"replace","path":"/title","value":"New"}]'
    const headers = { 'content-type': 'application/json-patch+json' }
    expect((await ask('/articles/1/', { method: 'PATCH', headers, body })).status).toBe(200)
    expect(rows.articles.get(1)?.title).toBe('New')
  })
})

describe('H203 the cases of RFC 7396, appendix A', () => {
  const { cases } = ourFile('content/rfc7396-cases.json') as {
    readonly cases: readonly Record<'original' | 'patch' | 'result', unknown>[]
  }

  test('are fifteen', () => {
    expect(cases).toHaveLength(15)
  })

  test.each(cases)('$original patched with $patch is $result', async ({ original, patch, result }) => {
    const { app } = documentApp(original)
    const headers = { 'content-type': 'application/merge-patch+json' }
    const response = await askApp(app, '/', { method: 'PATCH', headers, body: JSON.stringify(patch) })
    expect([response.status, await response.json()]).toEqual([200, result])
    expect(await (await askApp(app, '/')).json()).toEqual(result)
  })
})

describe('H206 the cases of json-patch-tests', () => {
  interface Case {
    readonly doc: unknown
    readonly patch: unknown
    readonly expected?: unknown
    readonly error?: string
    readonly disabled?: boolean
  }
  const { cases: all } = ourFile('content/json-patch-cases.json') as { readonly cases: readonly Case[] }
  const cases = all.filter(({ disabled }) => disabled !== true)

  test('are 108', () => {
    expect(cases).toHaveLength(108)
  })

  test.each(cases.map((each, index) => [index + 1, JSON.stringify(each.patch), each] as const))(
    'case %i: %s',
    async (_index, body, { doc, expected = doc, error }) => {
      const { app, state } = documentApp(doc)
      const headers = { 'content-type': 'application/json-patch+json' }
      const response = await askApp(app, '/', { method: 'PATCH', headers, body })
      if (error === undefined) {
        expect([response.status, await response.json()]).toEqual([200, expected])
      } else {
        expect([400, 409, 422]).toContain(response.status)
        expect(state).toEqual({ document: doc, writes: 0 })
      }
    },
  )
})

describe('an idempotency key', () => {
  const order = async (key: string, body = '{"pizza":3}', headers: Record<string, string> = {}, path = '/orders/') =>
    await ask(path, { method: 'POST', body, headers: { 'idempotency-key': key, ...headers } })

  test('H214 is a String in quotes: what is none is refused before anything is done', async () => {
    const before = dump()
    for (const key of ['8e03978e', '"a', '', '?1', '("a")', '"a", "b"']) expect((await order(key)).status).toBe(400)
    expect(dump()).toBe(before)
  })

  test('H215 makes of two requests one, answered twice: status, place and content', async () => {
    const [first, second] = [await order('"a"'), await order('"a"')]
    expect([second.status, second.headers.get('location')]).toEqual([first.status, first.headers.get('location')])
    expect([first.status, first.headers.get('location')]).toEqual([201, '/orders/1/'])
    expect(await second.text()).toBe(await first.text())
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([
      null,
      '?1',
    ])
    expect(rows.orders.size).toBe(1)
  })

  test('H216 with other content is 422, and nothing is done', async () => {
    await order('"a"')
    expect((await order('"a"', '{"pizza":4}')).status).toBe(422)
    expect(rows.orders.size).toBe(1)
  })

  test('H216 while the first is still running is 409, with a time to come back', async () => {
    let release: () => void = () => undefined
    let enter: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (release = resolve))
    const entered = new Promise<void>((resolve) => (enter = resolve))
    let done = 0
    class Slow extends resource('/') {
      override idempotency = {}
      async POST(): Promise<unknown> {
        enter()
        await gate
        return CREATED({ done: ++done }, { location: '/1' })
      }
    }
    const app = router([Slow], { logger: silentLogger })
    const send = async (): Promise<Response> =>
      await askApp(app, '/', { method: 'POST', body: '{}', headers: { 'idempotency-key': '"a"' } })
    const first = send()
    await entered
    const meanwhile = await send()
    expect([meanwhile.status, meanwhile.headers.get('retry-after')]).toEqual([409, '1'])
    release()
    expect([(await first).status, (await send()).status, done]).toEqual([201, 201, 1])
  })

  test('H216 that is needed and not given is 400, and nothing is done', async () => {
    const response = await ask('/orders/keyed/', { method: 'POST', body: '{}' })
    expect([response.status, (await response.json()).code]).toEqual([400, 'idempotency-key-missing'])
    expect(rows.orders.size).toBe(0)
    expect((await order('"a"', '{}', {}, '/orders/keyed/')).status).toBe(201)
  })

  test('H217 belongs to who sent it, and to the resource', async () => {
    const ada = { authorization: 'Bearer ada' }
    expect((await order('"a"', '{}', ada)).headers.get('location')).toBe('/orders/1/')
    expect((await order('"a"', '{}', { authorization: 'Bearer fay' })).headers.get('location')).toBe('/orders/2/')
    expect((await order('"a"', '{}')).headers.get('location')).toBe('/orders/3/')
    expect((await order('"a"', '{}', ada, '/orders/keyed/')).headers.get('location')).toBe('/orders/4/')
    expect(rows.orders.size).toBe(4)
    expect((await order('"a"', '{}', ada)).headers.get('location')).toBe('/orders/1/')
    expect(rows.orders.size).toBe(4)
  })

  test('is asked about once it is known who asks', async () => {
    class Guarded extends resource('/') {
      override schemes = [bearer]
      override idempotency = {}
      POST = (): unknown => CREATED(this.exchange.principal?.name, { location: '/1' })
    }
    const app = router([Guarded], { logger: silentLogger })
    const send = async (headers: Record<string, string>): Promise<Response> =>
      await askApp(app, '/', { method: 'POST', body: '{}', headers: { 'idempotency-key': '"a"', ...headers } })
    expect((await send({ authorization: 'Bearer ada' })).status).toBe(201)
    expect((await send({})).status).toBe(401)
  })
})
