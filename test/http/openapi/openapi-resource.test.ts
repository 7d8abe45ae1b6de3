// The resource that serves a router's OpenAPI document.

import { describe, expect, test } from 'vitest'
import { openApi, openApiResource, router, type Router } from 'slumberjs/http'
import { app } from '../openapi-app/app.ts'
import { info, parsed } from './openapi-document.ts'

describe('openApiResource', () => {
  const ask = async (headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    await app.fetch(new Request('http://h/api/openapi.json', { headers }))

  test('serves the document, itself included', async () => {
    const response = await ask()
    expect(response.headers.get('content-type')).toBe('application/json')
    const document = await response.json()
    expect(document).toEqual(parsed(openApi(app, { ...info, description: 'A test.' })))
    expect(document.paths['/api/openapi.json'].get.description).toBe(
      'Safe: changes nothing. Conditional requests spare the content of what has not changed.',
    )
  })

  test('by its own media type, where that is wanted', async () => {
    const response = await ask({ accept: 'application/vnd.oai.openapi+json' })
    expect(response.headers.get('content-type')).toBe('application/vnd.oai.openapi+json;version=3.1')
    expect(await response.json()).toMatchObject({ openapi: '3.1.1' })
  })

  test('is read again only when it has changed', async () => {
    const tag = (await ask()).headers.get('etag')!
    const again = await ask({ 'if-none-match': tag })
    expect([again.status, again.headers.get('etag')]).toEqual([304, tag])
  })

  test('is made once, when it is asked for', async () => {
    let count = 0
    const Document = openApiResource('/openapi.json', info, () => {
      count++
      return own
    })
    const own: Router = router([Document])
    expect([count, Document.url()]).toEqual([0, '/openapi.json'])
    for (let index = 0; index < 3; index++) await own.fetch(new Request('http://h/openapi.json'))
    expect(count).toBe(1)
  })
})
