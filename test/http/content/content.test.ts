// The content of a request: section F of the HTTP checklist.
import { describe, expect, test } from 'vitest'
import { json, Resource, type ContentLimits, type Representation } from 'slumberjs/http'
import { Article, Articles, ask, outcomeOf } from '../fixture.ts'

const post = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> =>
  await ask(Articles, 'POST', { body, headers: { 'content-type': 'application/json', ...headers } })

/** A resource with narrow limits, which shows how often its handler ran. */
const limited = (limits: ContentLimits) => {
  class Limited extends Resource {
    static runs = 0
    override get contentLimits(): ContentLimits {
      return limits
    }
    POST(): unknown {
      Limited.runs += 1
      return this.data()
    }
  }
  return Limited
}

describe('media type', () => {
  class Typed extends Articles {
    override get accepts(): readonly Representation[] {
      return [json, { ...json, name: 'xml', mediaType: 'application/xml' }]
    }
  }

  test('H119 an unsupported one is 415, with those that would do', async () => {
    const response = await ask(Typed, 'POST', { body: 'a,b', headers: { 'content-type': 'text/csv' } })
    expect(response.headers.get('accept')).toBe('application/json, application/xml')
    expect(response.headers.has('accept-patch')).toBe(false)
    expect(await outcomeOf(response)).toBe('415 unsupported-media-type')
  })

  test('H120 for a PATCH these are in Accept-Patch', async () => {
    const response = await ask(Article, 'PATCH', { body: '{}', headers: { 'content-type': 'application/json' } })
    expect(response.status).toBe(415)
    expect(response.headers.get('accept-patch')).toBe('application/merge-patch+json, application/json-patch+json')
    expect(response.headers.has('accept')).toBe(false)
  })

  test('what a PATCH takes is what is accepted, unless said otherwise', async () => {
    class Patched extends Resource {
      PATCH(): unknown {
        return this.data()
      }
    }
    expect((await ask(Patched, 'PATCH', { body: '1' })).status).toBe(200)
  })

  test.each(['application/json; charset=utf-8', 'Application/JSON;CHARSET="UTF-8"', 'application/json; v=2'])(
    'H123 accepted: %s',
    async (type) => {
      expect((await post('{}', { 'content-type': type })).status).toBe(201)
    },
  )

  test.each(['application/json; charset=utf-16', 'application/json;charset=iso-8859-1', 'application/vnd.a+json'])(
    'H123 refused: %s',
    async (type) => {
      expect((await post('{}', { 'content-type': type })).status).toBe(415)
    },
  )

  test.each(['json', 'application/', 'application/json; charset', 'application/json, text/csv'])(
    'a malformed one is 400: %s',
    async (type) => {
      expect(await outcomeOf(await post('{}', { 'content-type': type }))).toBe('400 malformed-header')
    },
  )

  test('content without one is 415, however it comes', async () => {
    const octets = new TextEncoder().encode('{}')
    const empty = new Uint8Array()
    expect((await ask(Articles, 'POST', { body: octets })).status).toBe(415)
    expect((await ask(Articles, 'POST', { body: octets, headers: { 'content-length': '2' } })).status).toBe(415)
    expect((await ask(Articles, 'POST', { body: octets, headers: { 'transfer-encoding': 'chunked' } })).status).toBe(
      415,
    )
    // Where there is none it needs no type; that it is missing is for the handler to say.
    expect(await outcomeOf(await ask(Articles, 'POST', { body: empty }))).toBe('400 malformed-content')
    expect(await outcomeOf(await ask(Articles, 'POST', { headers: { 'content-length': '0' } }))).toBe(
      '400 malformed-content',
    )
  })
})

test.each(['br', 'gzip, gzip', ''])('H125 the content coding %j is 415, with what would do', async (coding) => {
  const response = await post('{}', { 'content-encoding': coding })
  expect(response.headers.get('accept-encoding')).toBe('gzip, identity')
  expect(await outcomeOf(response)).toBe('415 unsupported-coding')
})

describe('size', () => {
  test('H127 a declared length over the limit is 413 before anything is read', async () => {
    const resource = limited({ size: 10, depth: 9 })
    let isRead = false
    const body = new ReadableStream<Uint8Array>({ pull: () => void (isRead = true) }, { highWaterMark: 0 })
    const headers = { 'content-type': 'application/json', 'content-length': '1000000000' }
    expect(await outcomeOf(await ask(resource, 'POST', { body, headers }))).toBe('413 content-too-large')
    expect([isRead, resource.runs]).toEqual([false, 0])
  })

  test.each(['1', 'abc', '-5'])('H128 a declared length of %s is not believed', async (length) => {
    let pulls = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulls += 1
        if (pulls > 500) controller.close()
        else controller.enqueue(new Uint8Array(65_536))
      },
    })
    const headers = { 'content-type': 'application/json', 'content-length': length }
    expect(await outcomeOf(await ask(limited({ size: 100_000, depth: 9 }), 'POST', { body, headers }))).toBe(
      '413 content-too-large',
    )
    expect(pulls).toBeLessThan(10)
  })

  test('H128 content over the limit is 413 while it is read, and no more of it is', async () => {
    const resource = limited({ size: 10, depth: 9 })
    let pulls = 0
    let isCancelled = false
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          pulls += 1
          controller.enqueue(new Uint8Array(4))
        },
        cancel: () => void (isCancelled = true),
      },
      { highWaterMark: 0 },
    )
    const headers = { 'content-type': 'application/json' }
    expect((await ask(resource, 'POST', { body, headers })).status).toBe(413)
    expect([isCancelled, resource.runs]).toEqual([true, 0])
    expect(pulls).toBeLessThan(6)
  })

  test('a declared length that lies does not help', async () => {
    const resource = limited({ size: 10, depth: 9 })
    expect((await ask(resource, 'POST', { body: '"0123456789"', headers: { 'content-length': '2' } })).status).toBe(413)
    expect((await ask(resource, 'POST', { body: '"01234567"' })).status).toBe(200)
  })

  test('H063 content that breaks off is 400, and the handler does not run', async () => {
    const resource = limited({ size: 10, depth: 9 })
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"a"'))
        controller.error(new Error('socket'))
      },
    })
    const response = await ask(resource, 'POST', { body, headers: { 'content-type': 'application/json' } })
    expect(await outcomeOf(response)).toBe('400 incomplete-content')
    expect(resource.runs).toBe(0)
  })

  test('content that comes in many pieces is put together', async () => {
    const octets = new TextEncoder().encode('{"city":"Zürich"}')
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const octet of octets) controller.enqueue(Uint8Array.of(octet))
        controller.close()
      },
    })
    const response = await ask(Articles, 'POST', { body, headers: { 'content-type': 'application/json' } })
    expect(await response.json()).toEqual({ city: 'Zürich' })
  })
})
