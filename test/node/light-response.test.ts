// The fast path: a Response made of text is written from its parts and never becomes a web stream.
import { expect, test } from 'vitest'
import { partsReader } from '../../src/node/light-response.ts'
import { serve } from '../../src/node/index.ts'

const Native = globalThis.Response

test('the parts of a Response made by the application are read as they were given', async () => {
  expect(partsReader()(new Native('text')), 'before a server is made there are none').toBeUndefined()
  const headers = { 'content-type': 'application/json' }
  let made: Response | undefined
  const server = await serve(() => (made = new Response('{}', { status: 201, headers })))
  const answer = await fetch(server.url)
  await server.close()
  expect(answer.status).toBe(201)
  expect(await answer.text()).toBe('{}')
  expect(partsReader()(made!)).toEqual([201, '{}', headers])
  expect(partsReader()(made!)?.[2], 'not even Headers are made').toBe(headers)
  expect(partsReader()(new Native('text')), 'a native Response has none').toBeUndefined()
})
