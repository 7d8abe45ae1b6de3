// Problem documents (RFC 9457): section I of the HTTP checklist.
import { describe, expect, test } from 'vitest'
import { BAD_REQUEST, CONFLICT, Problem, Resource, UNPROCESSABLE_CONTENT } from 'slumberjs/http'
import { Article, ask, Missing, problemOf } from '../fixture.ts'

const answerOf = async (result: unknown): Promise<Response> => {
  class Answering extends Resource {
    GET(): unknown {
      return result
    }
  }
  return await ask(Answering, 'GET')
}

describe('H188 errors are problem+json, and their status is that of the status line', () => {
  test.each([
    ['of the layer', async () => await ask(Missing, 'GET')],
    [
      'of the layer, a type being asked for that problems have not',
      async () => await ask(Article, 'GET', { headers: { accept: 'image/png' } }),
    ],
    ['given as a status', async () => await answerOf(CONFLICT)],
    ['with members that claim another', async () => await answerOf(CONFLICT({ status: 200, requestId: 'mine' }))],
    ['thrown with such members', async () => await answerOf(new Problem(409, 'No.', { members: { status: 200 } }))],
    ['whose answer has another than its problem', async () => await answerOf(BAD_REQUEST(new Problem(422)))],
  ])('%s', async (_name, request) => {
    const response = await request()
    const document = await problemOf(response)
    expect(document['title']).toEqual(expect.any(String))
    expect(document['requestId']).toBe(response.headers.get('request-id'))
  })
})

test('H189 the title is the phrase of the status', async () => {
  expect(await problemOf(await ask(Missing, 'GET'))).toMatchObject({
    title: 'Not Found',
    detail: 'There is nothing here.',
  })
  expect(await problemOf(await ask(Article, 'FROB'))).toMatchObject({ title: 'Not Implemented' })
  expect(await problemOf(await answerOf(new Problem(418)))).toMatchObject({ title: '418' })
})

test('where HTML is preferred it is a page', async () => {
  const response = await ask(Missing, 'GET', { headers: { accept: 'text/html, */*;q=0.1' } })
  expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect(await response.text()).toContain('<h1>404 Not Found</h1>')
})

test('faults that a handler names are in the document', async () => {
  const errors = [{ pointer: '/title', detail: 'must be a string' }]
  const response = await answerOf(UNPROCESSABLE_CONTENT({ code: 'invalid-content', errors }))
  expect(await problemOf(response)).toMatchObject({ status: 422, code: 'invalid-content', errors })
})

test('all that a Problem was given, and nothing else', async () => {
  const problem = new Problem(409, 'The shop is closed.', {
    code: 'shop-closed',
    errors: [{ parameter: 'shop', detail: 'is closed' }],
    members: { opens: '10:00', type: '/problems/closed', title: 'Closed' },
    cause: new Error('secret'),
  })
  const response = await answerOf(problem)
  expect(await problemOf(response)).toEqual({
    title: 'Closed',
    status: 409,
    detail: 'The shop is closed.',
    code: 'shop-closed',
    errors: [{ parameter: 'shop', detail: 'is closed' }],
    opens: '10:00',
    type: '/problems/closed',
    requestId: response.headers.get('request-id'),
  })
})

test('a Problem is an error with the detail as its message, and the cause', () => {
  const cause = new Error('why')
  const problem = new Problem(409, 'No.', { cause })
  expect(problem).toBeInstanceOf(Error)
  expect([problem.name, problem.message, problem.cause]).toEqual(['Problem', 'No.', cause])
  expect(new Problem(404).message).toBe('Not Found')
  expect(new Problem(404).toDocument()).toEqual({ title: 'Not Found', status: 404 })
})
