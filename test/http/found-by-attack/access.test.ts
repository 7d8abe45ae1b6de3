// Requests of a hostile tester that came past a question, or were refused for nothing: who is let in, and what is asked before.
import { describe, expect, test } from 'vitest'
import { OK, requireUser, resource, type Exchange, type Middleware, type Scheme } from 'slumberjs/http'
import { appOf, named, send } from './sending.ts'

/** Knows everybody who gives a name. */
const bearer: Scheme = {
  challenge: 'Bearer',
  authenticate: async ({ headers }) => {
    const name = headers.get('authorization')?.slice('Bearer '.length)
    return name === undefined ? undefined : named(name)
  },
}

describe('nobody is let in', () => {
  class Secret extends resource('/secret') {
    override schemes = [bearer]
    override allowsAnonymous = true
    override middleware = [requireUser({ methods: ['GET'] })]
    override entityTag(): string {
      return 'secret'
    }
    GET(): unknown {
      return OK(1, { 'x-secret': '1' })
    }
  }

  test.each(['GET', 'HEAD'])('by middleware for GET, asked with %s', async (method) => {
    const { status, headers } = await send(appOf(Secret), '/secret', { method })
    expect([status, headers.get('x-secret'), headers.get('etag')]).toEqual([401, null, null])
  })

  test('by a scheme that gives null', async () => {
    const nullish: Scheme = {
      challenge: 'Bearer',
      authenticate: async () => null as unknown as undefined, // what a database finds, in a program without types
    }
    class Guarded extends resource('/guarded') {
      override schemes = [nullish]
      override middleware = [requireUser()]
      GET(): unknown {
        return 1
      }
    }
    expect((await send(appOf(Guarded), '/guarded')).status).toBe(401)
  })
})

describe('a question is asked though it was not when its class was first used', () => {
  test('of the instances that answer it', async () => {
    class Note extends resource('/notes/:id') {
      constructor(exchange: Exchange, params: { readonly id: string }) {
        super(exchange, params)
        if (params.id === 'secret') this.isAllowed = () => false
      }
      GET(): unknown {
        return 1
      }
    }
    const app = appOf(Note)
    expect((await send(app, '/notes/public')).status).toBe(200)
    expect((await send(app, '/notes/secret')).status).toBe(403)
  })

  test('of a class that is switched off while the program runs', async () => {
    class Shop extends resource('/shop') {
      GET(): unknown {
        return 1
      }
    }
    const app = appOf(Shop)
    expect((await send(app, '/shop')).status).toBe(200)
    Shop.prototype.isAvailable = () => false
    expect((await send(app, '/shop')).status).toBe(503)
  })
})

test('a comma in quotes is no second credential', async () => {
  class Open extends resource('/open') {
    GET(): unknown {
      return 1
    }
  }
  const headers = { authorization: 'Digest username="Smith, John W", realm="x"' }
  expect((await send(appOf(Open), '/open', { headers })).status).toBe(200)
})

test('a setting whose getter throws is answered with 500', async () => {
  class Broken extends resource('/broken') {
    override get middleware(): readonly Middleware[] {
      if (this.exchange.method === 'PUT') throw new Error('no middleware today')
      return []
    }
    PUT(): unknown {
      return 1
    }
  }
  expect((await send(appOf(Broken), '/broken', { method: 'PUT' })).status).toBe(500)
})
