// The user of the request that is being answered is the user of every signed request that is made for it, unless the program says whose.
import { setImmediate as turn } from 'node:timers/promises'
import { connect, httpCache, inProcess, perRequest, type Cache, type Client, type UntypedServices } from 'slumberjs'
import { asService, basic, forUser } from 'slumberjs/auth'
import { at, Resource, router, type Scheme } from 'slumberjs/http'
import { describe, expect, test } from 'vitest'
import { identities, issuer, row, statusOf, type Work } from './fixture.ts'

const system = row({ first: { grant: ['notes.add_note'] }, second: { grant: ['notes.add_note', 'notes.change_note'] } })
const who = 'notes/Note/-/who'

/** Who the second service takes the first one for, in its caller's name. */
const whoIsIt: Work = async (client, path) => (await client.get(path('second', who))).content

/** What `work` of the first service comes to, for a caller by Basic. */
async function asked(user: string | undefined, work: Work, path?: string): Promise<{ status: number; body: unknown }> {
  system.works.first = work
  return await system.ask('first', user, path)
}

/** The message of what a call rejects with. */
const refusalOf = async (call: () => Promise<unknown>): Promise<string> =>
  await call().then(
    () => 'not refused',
    (error: unknown) => String(error),
  )

describe('the user of the incoming request', () => {
  test.each(identities.map(({ name }) => name))('is forwarded: %s', async (name) => {
    expect((await asked(name, whoIsIt)).body).toEqual({ name, service: 'first' })
  })

  test('is forwarded by every kind of call, and from wherever the work has got to', async () => {
    const seen = await asked('clerk', async (client) => {
      system.arrived.length = 0
      const { Note } = client.second!.notes!
      const note = await Note!.create({ words: 'salt' })
      await turn()
      await new Promise((resolve) => setTimeout(resolve, 1))
      const url = note.url
      await Promise.all([Note!.filter({ words: 'salt' }).first(), client.reference(url).get()])
      for await (const each of Note!.filter({ words: 'salt' })) expect(each.words).toBe('salt')
      return system.arrived.map(({ request }) => request.headers.get('forwarded-user'))
    })
    expect(seen.status).toBe(200)
    const users = seen.body as string[]
    expect(users.length).toBeGreaterThan(3)
    expect(new Set(users)).toEqual(new Set([`"clerk";iss="${issuer}"`]))
  })

  test('may do there what both they and the service may', async () => {
    const add: Work = async (client, path) => {
      const call = client.post(path('second', 'notes/Note'), { words: 'salt' })
      return await statusOf(call)
    }
    expect((await asked('clerk', add)).body).toBe(201)
    expect((await asked('admin', add)).body).toBe(201) // a superuser through a service has its grant
    expect((await asked('viewer', add)).body).toBe(403)
    const change: Work = async (client, path) => await refusalOf(() => client.patch(path('second', 'notes/Note/1'), {}))
    expect((await asked('clerk', change)).body).toMatch(/403.*notes\.change_note/s) // theirs, but not in the grant
  })

  test.each<[string, () => Cache | undefined]>([
    ['without a cache', () => undefined],
    ['with a private cache', () => httpCache()],
    ['with what one request has asked', () => perRequest()],
    ['with both', () => perRequest(httpCache())],
  ])('is each of many who are answered at once, %s', async (_, cache) => {
    const client = system.client('first', { cache: cache() })
    const everybody = identities.map(({ name }) => name)
    system.works.first = async (_client, path) => {
      const found: unknown[] = []
      for (let count = 0; count < 3; count++) {
        found.push((await client.get(path('second', who))).content)
        await turn()
      }
      return found
    }
    const callers = Array.from({ length: 24 }, (_each, index) => everybody[index % everybody.length]!)
    const answers = await Promise.all(callers.map((user) => system.ask('first', user)))
    for (const [index, { body }] of answers.entries()) {
      expect(body).toEqual(Array.from({ length: 3 }, () => ({ name: callers[index], service: 'first' })))
    }
  })

  test('references that several users ask for at one moment are asked for by each', async () => {
    const client = system.client('first')
    const urls = await Promise.all(
      ['salt', 'pepper'].map(async (words) => {
        const note = await forUser('clerk', () => client.second!.notes!.Note!.create({ words }))
        return note.url
      }),
    )
    let release = (): void => {}
    const together = new Promise<void>((resolve) => (release = resolve))
    let waiting = 0
    system.works.first = async () => {
      if (++waiting === 2) release()
      await together
      const found = await Promise.all(urls.map((url) => client.reference(url).get()))
      return found.map(({ words }) => words)
    }
    system.arrived.length = 0
    const answers = await Promise.all(['clerk', 'viewer'].map((user) => system.ask('first', user)))
    expect(answers.map(({ body }) => body)).toEqual([
      ['salt', 'pepper'],
      ['salt', 'pepper'],
    ])
    const batches = system.arrived.filter(({ at: name, request }) => name === 'second' && request.method === 'POST')
    expect(
      batches
        .map(({ request }) => String(request.headers.get('forwarded-user')))
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual([`"clerk";iss="${issuer}"`, `"viewer";iss="${issuer}"`])
  })

  test('is that of a hand-written resource, too', async () => {
    const client = system.client('first')
    class Relay extends Resource {
      override get schemes(): readonly Scheme[] {
        return [basic(async (name) => ({ name, superuser: false, permissions: [] }))]
      }
      async GET(): Promise<unknown> {
        return (await client.get(system.path('second', who))).content
      }
    }
    const { fetch } = router([at('/relay', Relay)])
    const headers = { authorization: `Basic ${btoa('viewer:x')}` }
    const response = await fetch(new Request('http://first.test/relay', { headers }))
    expect(await response.json()).toEqual({ name: 'viewer', service: 'first' })
  })
})

describe('work that goes on', () => {
  test('after the answer is for the user with whom it began', async () => {
    let told: (seen: unknown) => void = () => {}
    const later = new Promise((resolve) => (told = resolve))
    const { body } = await asked('clerk', async (client, path) => {
      setTimeout(() => void Promise.resolve(whoIsIt(client, path)).then(told), 20)
      return 'answered'
    })
    expect(body).toBe('answered')
    expect(await later).toEqual({ name: 'clerk', service: 'first' })
  })

  test('from before the request is for nobody, and refused', async () => {
    const client = system.client('first')
    const queue: (() => void)[] = []
    const worker = (async () => {
      await new Promise<void>((resolve) => queue.push(resolve))
      return await refusalOf(async () => await whoIsIt(client, system.path))
    })()
    await asked('clerk', () => queue.shift()?.())
    expect(await worker).toMatch(/none is known here.*forUser.*asService/s)
  })
})

describe('where there is no user to forward, a call is refused before it is sent', () => {
  const refused: Work = async (client, path) => await refusalOf(async () => await whoIsIt(client, path))

  test('outside of all requests', async () => {
    system.arrived.length = 0
    expect(await refusalOf(async () => await whoIsIt(system.client('first'), system.path))).toMatch(/asService/)
    expect(system.arrived).toEqual([])
  })

  test('where everybody may ask, whatever credentials there are', async () => {
    for (const user of [undefined, 'admin']) {
      const { status, body } = await asked(user, refused, 'notes/Note/-/open')
      expect([status, body]).toEqual([200, expect.stringMatching(/none is known here/)])
    }
  })

  test('where a service asks for itself', async () => {
    system.works.second = async (client, path) => await refusalOf(() => client.get(path('third', who)))
    const { content } = await asService(() => system.client('first').get(system.path('second')))
    expect(content).toMatch(/The service "first" asks for itself/)
  })

  test('where nobody vouches for the user', async () => {
    const client = system.client('first', {}, { issuer: undefined as never })
    const { body } = await asked('clerk', async (_, path) => await refused(client, path))
    expect(body).toMatch(/signing\(\{ issuer \}\)/)
  })
})

describe('said by the program', () => {
  test('forUser is for that user, asService for the service itself, the innermost counts, and afterwards all is as before', async () => {
    const { body } = await asked('clerk', async (client, path) => {
      const seen = [await whoIsIt(client, path)]
      await forUser('viewer', async () => {
        seen.push(await whoIsIt(client, path))
        seen.push(await asService(() => whoIsIt(client, path)))
        seen.push(await whoIsIt(client, path))
      })
      return [...seen, await whoIsIt(client, path)]
    })
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual([
      'clerk',
      'viewer',
      'service:first',
      'viewer',
      'clerk',
    ])
  })

  test('outside of requests as well, for users of any issuer whom the service may act for', async () => {
    const client = system.client('first')
    expect(await forUser('clerk', () => whoIsIt(client, system.path))).toMatchObject({ name: 'clerk' })
    expect(await forUser({ name: 'clerk', issuer }, () => whoIsIt(client, system.path))).toMatchObject({
      name: 'clerk',
    })
    const other = { name: 'clerk', issuer: 'https://other.example' }
    await expect(forUser(other, () => whoIsIt(client, system.path))).rejects.toMatchObject({ status: 403 })
  })

  test('what is thrown by the work is thrown', async () => {
    const failing = (): never => {
      throw new RangeError('gone')
    }
    await expect(forUser('clerk', failing)).rejects.toThrow(RangeError)
    await expect(asService(failing)).rejects.toThrow(RangeError)
  })

  test('a function of the client has the last word', async () => {
    const own = { forwardedUser: (): { name: string; issuer: string } => ({ name: 'viewer', issuer }) }
    const client = system.client('first', {}, own)
    expect((await asked('clerk', (_, path) => whoIsIt(client, path))).body).toMatchObject({ name: 'viewer' })
    expect(await asService(() => whoIsIt(client, system.path))).toMatchObject({ name: 'viewer' })
  })
})

test('what is said stays with who said it: a service of the same process asks for its own callers', async () => {
  const transport = inProcess(Object.values(system.services))
  const [first, second] = (['first', 'second'] as const).map((name): Client<UntypedServices> => {
    return system.client(name, { transport })
  })
  system.works.second = async () => await refusalOf(() => second!.get(system.path('third', who)))
  const { content } = await asService(() => first!.get(system.path('second')))
  expect(content).toMatch(/The service "first" asks for itself/)
  system.works.second = async () => (await second!.get(system.path('third', who))).content
  expect((await forUser('viewer', () => first!.get(system.path('second')))).content).toEqual({
    name: 'viewer',
    service: 'second',
  })
})

test('credentials of another kind say for themselves who asks', async () => {
  const authenticate = Object.assign(() => ({ authorization: `Basic ${btoa('viewer:x')}` }), {})
  const client = connect({ directory: { ...system.urls }, authenticate })
  expect((await asked('clerk', (_, path) => whoIsIt(client, path))).body).toEqual({ name: 'viewer', service: null })
})
