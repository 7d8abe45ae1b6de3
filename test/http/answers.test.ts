// What a handler may return or throw, and what becomes of it.
import { describe, expect, test } from 'vitest'
import * as http from 'slumberjs/http'
import {
  Answer,
  BAD_REQUEST,
  CONFLICT,
  CREATED,
  handler,
  NO_CONTENT,
  NOT_FOUND,
  NOT_MODIFIED,
  OK,
  Problem,
  Resource,
  SEE_OTHER,
  type StatusConstant,
} from 'slumberjs/http'
import { ask, outcomeOf, problemOf, recorder } from './fixture.ts'

/** The answer to a GET whose handler returns this. */
const returning = async (result: unknown): Promise<Response> => {
  class Returning extends Resource {
    GET(): unknown {
      return result
    }
  }
  return await ask(Returning, 'GET')
}

const throwing = async (thrown: unknown): Promise<Response> => {
  class Throwing extends Resource {
    GET(): unknown {
      throw thrown
    }
  }
  return await ask(Throwing, 'GET')
}

describe('values', () => {
  test.each([[{ a: 1 }], [[1, 2]], ['text'], [0], [false], [null], [[]], [[CONFLICT.status, 1]]])(
    '%j is the content of a 200',
    async (value) => {
      const response = await returning(value)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(await response.json()).toEqual(value)
    },
  )

  test('nothing is a 204, without a type for the content that is not there', async () => {
    const response = await returning(undefined)
    expect(response.status).toBe(204)
    expect(response.headers.has('content-type')).toBe(false)
    expect(response.body).toBeNull()
  })

  test('a promise is awaited', async () => {
    expect(await (await returning(Promise.resolve({ a: 1 }))).json()).toEqual({ a: 1 })
  })
})

describe('status constants', () => {
  const constants = Object.entries(http).filter(
    (entry): entry is [string, StatusConstant] => /^[A-Z_]{2,}$/.test(entry[0]) && typeof entry[1] === 'function',
  )

  test.each(constants)('%s, returned, thrown, called and with content', async (_name, constant) => {
    const { status } = constant
    for (const result of [constant, constant(), [constant, undefined]]) {
      expect((await returning(result)).status).toBe(status)
      expect((await throwing(result)).status).toBe(status)
    }
    expect(constant('text', { allow: 'GET' })).toEqual(new Answer(status, 'text', { allow: 'GET' }))
  })

  test('H109 what a POST creates is 201 with its Location, and described', async () => {
    class Creating extends Resource {
      POST(): unknown {
        return CREATED({ id: 78 }, { location: '/articles/78/' })
      }
    }
    const response = await ask(Creating, 'POST', { body: '{}' })
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe('/articles/78/')
    expect(await response.json()).toEqual({ id: 78 })
  })

  test('H110 a POST whose result lies elsewhere is 303', async () => {
    class Searching extends Resource {
      POST(): unknown {
        return SEE_OTHER(undefined, { location: '/results/1' })
      }
    }
    const response = await ask(Searching, 'POST', { body: '{}' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/results/1')
    expect(await response.text()).toBe('')
  })

  test('H113 a 205 has no content', async () => {
    const response = await returning(new Answer(205, { ignored: true }))
    expect(response.status).toBe(205)
    expect(response.headers.has('content-type')).toBe(false)
    expect(await response.text()).toBe('')
  })

  test('content given to 204 or 304 is not sent', async () => {
    for (const constant of [NO_CONTENT, NOT_MODIFIED]) {
      const response = await returning(constant({ ignored: true }))
      expect(response.status).toBe(constant.status)
      expect(response.body).toBeNull()
    }
  })

  test('200 without content stays 200, without a type', async () => {
    const response = await returning(OK)
    expect(response.status).toBe(200)
    expect(response.headers.has('content-type')).toBe(false)
  })
})

describe('errors', () => {
  test('[CONFLICT, errors] is a problem with these errors', async () => {
    const errors = [{ pointer: '/title', detail: 'is taken' }]
    for (const response of [await returning([CONFLICT, errors]), await throwing([CONFLICT, errors])]) {
      expect(await problemOf(response)).toMatchObject({ title: 'Conflict', status: 409, errors })
    }
  })

  test('a text is the detail, an object the members of the problem', async () => {
    expect(await problemOf(await returning(NOT_FOUND('No such blog.')))).toMatchObject({ detail: 'No such blog.' })
    expect(await problemOf(await returning(BAD_REQUEST({ code: 'odd', hint: 1 })))).toMatchObject({
      code: 'odd',
      hint: 1,
    })
    expect(await problemOf(await returning(BAD_REQUEST(7)))).toMatchObject({ title: 'Bad Request' })
  })

  test('a Problem may be thrown or returned', async () => {
    const closed = new Problem(409, 'The shop is closed.', { code: 'shop-closed', headers: { 'Retry-After': '5' } })
    for (const response of [await throwing(closed), await returning(closed)]) {
      expect(response.headers.get('retry-after')).toBe('5')
      expect(await problemOf(response)).toMatchObject({ detail: 'The shop is closed.', code: 'shop-closed' })
    }
  })

  test('an answer is written in the transaction that has decided, and an error is there to roll back by', async () => {
    const seen: unknown[] = []
    class Transacted extends Resource {
      override async transact(rest: () => Promise<Answer>): Promise<Answer> {
        const answer = await rest()
        seen.push(answer.isError)
        // oxlint-disable-next-line typescript/only-throw-error -- the handler answers a thrown Answer as it is
        if (answer.isError) throw answer
        return answer
      }
      PUT(): unknown {
        return this.data() === 1 ? CONFLICT('No.') : NO_CONTENT
      }
    }
    expect((await ask(Transacted, 'PUT', { body: '1' })).status).toBe(409)
    expect((await ask(Transacted, 'PUT', { body: '2' })).status).toBe(204)
    expect(seen).toEqual([true, false])
  })
})

describe('faults of the program', () => {
  const secret = new Error('secret: SELECT * FROM users', { cause: new Error('/etc/secret') })

  test('H061 a thrown error is a 500 without a word of it, and is logged with the id of the request', async () => {
    class Failing extends Resource {
      GET(): unknown {
        throw secret
      }
    }
    const { logger, entries } = recorder()
    const response = await ask(Failing, 'GET', { logger })
    const text = await response.text()
    expect(text).not.toMatch(/secret|SELECT|at |Failing/)
    const requestId = response.headers.get('request-id')
    expect(JSON.parse(text)).toEqual({ title: 'Internal Server Error', status: 500, code: 'internal', requestId })
    expect(entries).toEqual([
      ['error', { requestId, error: secret }, 'a handler failed'],
      ['info', expect.objectContaining({ requestId, status: 500 }), 'request'],
    ])
  })

  test.each([undefined, null, 'text', 42, { status: 404 }])('thrown %j is one', async (thrown) => {
    expect(await outcomeOf(await throwing(thrown))).toBe('500 internal')
  })

  test.each(['isAvailable', 'isAllowed', 'exists', 'entityTag', 'lastModified', 'transact'])('%s', async (name) => {
    class Failing extends Resource {
      GET(): unknown {
        return 1
      }
    }
    const fail = (): never => {
      throw secret
    }
    Object.defineProperty(Failing.prototype, name, { value: fail })
    expect(await outcomeOf(await ask(Failing, 'GET'))).toBe('500 internal')
  })

  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  test.each([
    ['a circle', circular],
    ['a status that there is not', new Answer(99)],
    ['a circle in a problem', BAD_REQUEST(circular)],
    ['a field name that there cannot be', OK(1, { 'a b': 'c' })],
  ])('what cannot be written: %s', async (_name, result) => {
    expect(await outcomeOf(await returning(result))).toBe('500 internal')
  })

  test('a method without its handler does not pass for done', async () => {
    class Boasting extends Resource {
      override get methods(): readonly string[] {
        return ['DELETE']
      }
    }
    expect(await outcomeOf(await ask(Boasting, 'DELETE'))).toBe('500 internal')
  })

  test('a resource that cannot be made rejects, and does not throw', async () => {
    class Unmakeable extends Resource {
      readonly never: string = JSON.parse('{')
    }
    const promise = handler(Unmakeable)(new Request('http://h/'), {})
    await expect(promise).rejects.toThrow(SyntaxError)
  })

  test('a Problem of 500 and above is logged as a warning', async () => {
    class Upstream extends Resource {
      GET(): unknown {
        throw new Problem(502, 'The atlas is away.')
      }
    }
    const { logger, entries } = recorder()
    expect((await ask(Upstream, 'GET', { logger })).status).toBe(502)
    expect(entries.map(([level, , message]) => `${level} ${message}`)).toEqual([
      'warn The atlas is away.',
      'info request',
    ])
  })
})
