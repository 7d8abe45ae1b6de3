// Services that ask in a row for the first one's user, each within its own grant; and loops of services, which end.
import { inProcess, perRequest } from 'slumberjs'
import { asService } from 'slumberjs/auth'
import { beforeEach, describe, expect, test } from 'vitest'
import { issuer, row, statusOf, type Work } from './fixture.ts'

const system = row({
  first: { grant: ['notes.change_note'] },
  second: { grant: ['notes.add_note'] },
  third: { grant: 'all' },
})
const who = 'notes/Note/-/who'

beforeEach(() => {
  system.arrived.length = 0
})

const relay =
  (to: 'first' | 'second' | 'third'): Work =>
  async (client, path) => ({ was: (await client.get(path(to))).content })

describe('a chain over two hops', () => {
  test.each(['clerk', '用户 Zoë 🍕'])('is for the user who asked the first service: %s', async (name) => {
    Object.assign(system.works, { first: relay('second'), second: relay('third'), third: whoAsks })
    const { body } = await system.ask('first', name)
    expect(body).toEqual({ was: { was: { name, service: 'third' } } })
    const users = system.arrived.map(({ request }) => request.headers.get('forwarded-user'))
    expect(users[0]).toBeNull()
    expect(new Set(users.slice(1)).size).toBe(1) // as the first one wrote it, its issuer included
    expect(users[1]).toContain(`;iss="${issuer}"`)
  })

  test('says through whom it came', async () => {
    Object.assign(system.works, { first: relay('second'), second: relay('third'), third: () => 'done' })
    await system.ask('first', 'clerk')
    expect(system.arrived.map(({ at, request }) => [at, request.headers.get('service-loop')])).toEqual([
      ['first', null],
      ['second', '"first"'],
      ['third', '"first", "second"'],
    ])
  })

  test('each service has its own grant, and no more of the user than they have', async () => {
    const add: Work = async (client, path) => {
      const call = client.post(path('third', 'notes/Note'), { words: 'salt' })
      return await statusOf(call)
    }
    Object.assign(system.works, { first: relay('second'), second: add })
    expect((await system.ask('first', 'clerk')).body).toEqual({ was: 201 }) // what the second may, the first need not
    expect((await system.ask('first', 'viewer')).body).toEqual({ was: 403 })
    system.works.first = add
    expect((await system.ask('first', 'clerk')).body).toBe(403)
  })

  test('a service that is asked by a service for itself can ask on as itself', async () => {
    system.works.second = async (client, path) =>
      await asService(async () => (await client.get(path('third', who))).content)
    const { content } = await asService(() => system.client('first').get(system.path('second')))
    expect(content).toEqual({ name: 'service:second', service: 'second' })
  })
})

/** The last one asks the first, which says who it is that asks. */
const whoAsks: Work = async (client, path) => (await client.get(path('first', who))).content

describe('a loop', () => {
  /** What the last one was told. */
  let told: unknown

  const keepTold =
    (work: Work): Work =>
    async (client, path) => {
      try {
        return await work(client, path)
      } catch (error) {
        told ??= error
        throw error
      }
    }

  test.each([
    ['over sockets', false],
    ['in one process, with a memory of each request', true],
  ])('of two services ends: %s', async (_, isInProcess) => {
    told = undefined
    const transport = isInProcess ? inProcess(Object.values(system.services)) : undefined
    const clients = {
      first: system.client('first', { transport, cache: perRequest() }),
      second: system.client('second', { transport }),
    }
    system.works.first = keepTold(() => relay('second')(clients.first, system.path))
    system.works.second = keepTold(() => relay('first')(clients.second, system.path))
    const { status } = await system.ask('first', 'clerk')
    expect(status).toBe(500) // of the first, which has nothing else to answer
    expect(told).toMatchObject({
      status: 508,
      problem: {
        code: 'loop-detected',
        detail: 'A request comes through at most 3 services; this one: first → second → first → second.',
      },
    })
    if (!isInProcess) expect(system.arrived).toHaveLength(5)
  })

  test('of a service that asks itself ends', async () => {
    told = undefined
    system.works.first = keepTold(relay('first'))
    expect((await system.ask('first', 'clerk')).status).toBe(500)
    expect(told).toMatchObject({ status: 508 })
  })
})

describe('Service-Loop', () => {
  /** What the second service answers where the field of a signed request is changed on its way. */
  const changed = async (change: (headers: Headers) => void): Promise<number> => {
    const transport = async (request: Request): Promise<Response> => {
      const headers = new Headers(request.headers)
      change(headers)
      return await system.services.second.fetch(new Request(request.url, { headers }))
    }
    const client = system.client('first', { transport })
    const call = asService(() => client.get(system.path('second', who)))
    return await statusOf(call)
  }

  test('is signed: it is neither taken away nor shortened on the way', async () => {
    expect(await changed(() => {})).toBe(200)
    expect(await changed((headers) => headers.delete('service-loop'))).toBe(401)
    expect(await changed((headers) => headers.set('service-loop', '"second"'))).toBe(401)
  })

  test('of a caller that does not sign counts as well, and is passed over where it is none', async () => {
    Object.assign(system.works, {
      first: async (client, path) => (await client.get(path('second', who))).content,
    } satisfies Partial<Record<'first', Work>>)
    const ask = async (loop: string): Promise<[number, string | null]> => {
      system.arrived.length = 0
      const headers = { authorization: `Basic ${btoa('clerk:x')}`, 'service-loop': loop }
      const { status } = await fetch(system.path('first'), { headers })
      return [status, system.arrived[1]!.request.headers.get('service-loop')]
    }
    expect(await ask('"web"')).toEqual([200, '"web", "first"'])
    expect(await ask('"a", "b", "c"')).toEqual([500, '"a", "b", "c", "first"'])
    expect(await ask('1, (2')).toEqual([200, '"first"'])
    expect(await ask('%"Zo%c3%ab"')).toEqual([200, '%"Zo%c3%ab", "first"'])
  })
})
