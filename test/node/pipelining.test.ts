// Requests that are sent without waiting for answers (RFC 9112 §9.3.2): answers in order, and side by side only what is safe.
import { beforeEach, describe, test } from 'vitest'
import { HOST, running } from './fixture.ts'
import { expect } from './problem-matcher.ts'
import { RawClient } from './raw-client.ts'

/** What has begun and ended, in order; a request ends when it is let go. */
const happened: string[] = []
const letGo = new Map<string, () => void>()
let began: () => void = () => undefined

const server = running({}, async (request) => {
  const name = `${request.method} ${new URL(request.url).pathname.slice(1)}`
  happened.push(`${name} begins`)
  const released = new Promise<void>((resolve) => letGo.set(name, resolve))
  began()
  await released
  happened.push(`${name} ends`)
  return new Response(name)
})

beforeEach(() => {
  happened.length = 0
  letGo.clear()
})

/** Resolves when all of these have begun. */
async function begun(...names: readonly string[]): Promise<void> {
  while (!names.every((name) => letGo.has(name))) await another()
}

function another(): Promise<void> {
  return new Promise((resolve) => {
    began = resolve
  })
}

const sent = (name: string): string => `${name.replace(' ', ' /')} HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`

async function sendAll(...names: readonly string[]): Promise<RawClient> {
  const client = await RawClient.open(server.port)
  client.send(names.map(sent).join(''))
  return client
}

describe('on one connection', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'what is behind a %s waits for it, however much that is',
    async (method) => {
      const names = [`${method} a`, 'GET b', 'GET c', 'HEAD d']
      const client = await sendAll(...names)
      for (const name of names) {
        await begun(name)
        letGo.get(name)?.()
        await client.read({ method: name.split(' ')[0] ?? '' })
      }
      client.close()
      expect(happened.slice(0, 2)).toEqual([`${method} a begins`, `${method} a ends`])
    },
  )

  test('an unsafe request waits for all before it', async () => {
    const client = await sendAll('GET a', 'GET b', 'POST c')
    await begun('GET a', 'GET b')
    letGo.get('GET b')?.()
    letGo.get('GET a')?.()
    expect([(await client.read()).body, (await client.read()).body]).toEqual(['GET a', 'GET b'])
    await begun('POST c')
    letGo.get('POST c')?.()
    expect((await client.read()).body).toBe('POST c')
    client.close()
    expect(happened.slice(-2)).toEqual(['POST c begins', 'POST c ends'])
  })

  test('safe requests run side by side, and are answered in order', async () => {
    const names = ['GET a', 'GET b', 'OPTIONS c']
    const client = await sendAll(...names)
    await begun(...names)
    for (const name of names.toReversed()) letGo.get(name)?.()
    const bodies = [await client.read(), await client.read(), await client.read()].map(({ body }) => body)
    client.close()
    expect(bodies).toEqual(names)
  })

  test('a refusal between them is answered in its place, and stops nothing', async () => {
    const client = await sendAll('POST a', 'GET /b', 'POST c')
    await begun('POST a')
    letGo.get('POST a')?.()
    expect((await client.read()).body).toBe('POST a')
    expect(await client.read()).toBeProblem(400)
    await begun('POST c')
    letGo.get('POST c')?.()
    expect((await client.read()).body).toBe('POST c')
    client.close()
  })

  test('noise behind one that waits is answered last, and ends the connection', async () => {
    const client = await sendAll('POST a', 'POST b')
    client.send('noise\x01\r\n\r\n')
    await begun('POST a')
    letGo.get('POST a')?.()
    expect((await client.read()).body).toBe('POST a')
    await begun('POST b')
    letGo.get('POST b')?.()
    expect((await client.read()).body).toBe('POST b')
    expect(await client.read()).toBeProblem(400)
    expect(await client.closesWithin()).toBe(true)
  })
})

const many = Array.from({ length: 120 }, (_, index) => `GET b${index}`)

test('who lets more than a hundred wait is cut off, and none of them runs', async () => {
  const client = await sendAll('POST a', ...many)
  expect(await client.closesWithin()).toBe(true)
  letGo.get('POST a')?.()
  expect(happened.filter((name) => name.endsWith('begins'))).toEqual(['POST a begins'])
})

test('a hundred may wait', async () => {
  const names = many.slice(0, 100)
  const client = await sendAll('POST a', ...names)
  await begun('POST a')
  letGo.get('POST a')?.()
  await begun(...names)
  for (const name of names) letGo.get(name)?.()
  for (const name of ['POST a', ...names]) expect((await client.read()).body).toBe(name)
  client.close()
})

test('what waits does not run where the client has gone, and other connections do not wait', async () => {
  const client = await sendAll('POST a', 'POST b')
  const other = await sendAll('POST c')
  await begun('POST a', 'POST c')
  client.reset()
  letGo.get('POST c')?.()
  expect((await other.read()).body).toBe('POST c')
  other.close()
  letGo.get('POST a')?.()
  const last = await sendAll('POST d')
  await begun('POST d')
  letGo.get('POST d')?.()
  await last.read()
  last.close()
  expect(happened).not.toContain('POST b begins')
})
