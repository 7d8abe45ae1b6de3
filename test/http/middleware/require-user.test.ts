// Who is let in where a resource lets in anybody.
import { describe, expect, test } from 'vitest'
import { Resource, type Middleware, type Principal, type Scheme } from 'slumberjs/http'
import { requireUser, type RequireUserOptions } from '../../../src/http/middleware/require-user.ts'
import { ask, outcomeOf, problemOf } from '../fixture.ts'

const caller = (name: string, ...permissions: readonly string[]): Principal => ({
  name,
  superuser: false,
  can: (permission) => permissions.includes(permission),
})

/** Knows `Test ada` and `Test bob`; ada may change posts. */
const scheme: Scheme = {
  challenge: 'Test realm="posts"',
  async authenticate({ headers }) {
    const given = headers.get('authorization')
    if (given === 'Test ada') return caller('ada', 'blog.change_post')
    return given === 'Test bob' ? caller('bob') : undefined
  },
}

const postWith = (options?: RequireUserOptions, schemes: readonly Scheme[] = [scheme]) =>
  class extends Resource {
    override readonly schemes: readonly Scheme[] = schemes
    override readonly allowsAnonymous: boolean = true
    override readonly middleware: readonly Middleware[] = [requireUser(options)]
    GET(): unknown {
      return this.exchange.principal?.name ?? 'nobody'
    }
    PUT(): unknown {
      return this.exchange.principal?.name ?? 'nobody'
    }
  }

const as = (name: string) => ({ headers: { authorization: `Test ${name}` } })

test('nobody is 401 with the challenges of the resource', async () => {
  const response = await ask(postWith(), 'GET')
  expect(response.headers.get('www-authenticate')).toBe('Test realm="posts"')
  expect(await outcomeOf(response)).toBe('401 unauthenticated')
})

test('nobody is 403 where nobody can authenticate', async () => {
  const response = await ask(postWith({}, []), 'GET')
  expect(response.headers.has('www-authenticate')).toBe(false)
  expect(await outcomeOf(response)).toBe('403 forbidden')
})

test('somebody is let in, however they became known', async () => {
  expect(await (await ask(postWith(), 'GET', as('bob'))).json()).toBe('bob')
  expect(await (await ask(postWith({}, []), 'GET', { info: { principal: caller('cem') } })).json()).toBe('cem')
})

describe('with a permission', () => {
  const needed = { permission: 'blog.change_post' }

  test('who holds it is let in', async () => {
    expect((await ask(postWith(needed), 'GET', as('ada'))).status).toBe(200)
  })

  test('who does not is told which', async () => {
    const problem = await problemOf(await ask(postWith(needed), 'GET', as('bob')))
    expect(problem).toMatchObject({
      status: 403,
      code: 'permission-missing',
      detail: 'bob needs the permission blog.change_post.',
      permissions: ['blog.change_post'],
    })
  })

  test('nobody is asked who they are first', async () => {
    expect((await ask(postWith(needed), 'GET')).status).toBe(401)
  })
})

test('it is for the methods it is for', async () => {
  const resource = postWith({ methods: ['PUT'] })
  expect(await (await ask(resource, 'GET')).json()).toBe('nobody')
  expect((await ask(resource, 'PUT', { body: '1' })).status).toBe(401)
  expect((await ask(resource, 'PUT', { body: '1', ...as('bob') })).status).toBe(200)
})
