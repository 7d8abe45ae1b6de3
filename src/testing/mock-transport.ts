// `mockTransport`: answers the requests that a test expects, in their order, and fails on any other and on those that never came.

import { SlumberError, type Transport } from '../client/index.ts'
import type { Awaitable } from '../http/index.ts'
import { differences, printed, printedBeside, type Got } from './compared.ts'

/** A request that must come next, and what it is answered. */
export interface Expected {
  /** GET unless given. */
  readonly method?: string
  /** The absolute URL with its query, or a pattern of it. */
  readonly url: string | RegExp
  /** Fields that it must have, by name in any case, with their values or patterns of them; others may be there. */
  readonly headers?: Readonly<Record<string, string | RegExp>>
  /** The content: a text as it is, anything else as JSON; `null` for none. Left open where it is left out. */
  readonly body?: unknown
  /** An error is thrown, as by a connection that fails. */
  readonly answer: MockAnswer | Response | Error | ((request: Request) => Awaitable<MockAnswer | Response>)
}

export interface MockAnswer {
  /** 200 unless given, and 204 without a body. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON: `application/problem+json` from status 400 on, else `application/hal+json`, unless `headers` say otherwise; a text as it is. */
  readonly body?: unknown
}

/** Another request than the one expected, or none. The client neither wraps it nor tries again. */
export class UnexpectedRequest extends SlumberError {
  override readonly name = 'UnexpectedRequest'
}

export interface MockTransport extends Transport {
  /**
   * To be called at the end of a test.
   *
   * @throws UnexpectedRequest where something else was sent, also if the program under test caught the error, or not everything was.
   */
  done(): void
}

/**
 * A transport for `connect({ transport })`.
 *
 * @example
 * const transport = mockTransport([{ method: 'DELETE', url: 'http://pizzas.test/slumber/pizzas/menu/Pizza/1', answer: { status: 204 } }])
 * await connect({ directory, contracts, transport }).delete('http://pizzas.test/slumber/pizzas/menu/Pizza/1')
 * transport.done()
 */
export function mockTransport(expected: readonly Expected[]): MockTransport {
  let count = 0
  let fault: UnexpectedRequest | undefined
  const answer = async (request: Request): Promise<Response> => {
    const index = count++
    const got = { method: request.method, url: request.url, headers: request.headers, body: await request.text() }
    const next = expected[index]
    const wrong = next === undefined ? 'is one more than expected' : differences(next, got)
    if (next !== undefined && wrong === undefined) return await answered(next.answer, request)
    const error = new UnexpectedRequest(whatIsWrong(index, wrong ?? '', next, got))
    fault ??= error
    throw error
  }
  return Object.assign(answer, {
    done: () => {
      if (fault !== undefined) throw fault
      const unused = expected.slice(count)
      if (unused.length === 0) return
      const list = unused.map((each, index) => `\n  ${count + index + 1}. ${printed(each)}`).join('')
      throw new UnexpectedRequest(`${unused.length} of ${expected.length} expected requests never came:${list}`)
    },
  })
}

function whatIsWrong(index: number, wrong: string, expected: Expected | undefined, got: Got): string {
  const wanted = expected === undefined ? 'nothing' : printed(expected)
  return `Request ${index + 1} ${wrong}.\n  expected  ${wanted}\n  got       ${printedBeside(got, expected)}`
}

async function answered(answer: Expected['answer'], request: Request): Promise<Response> {
  if (answer instanceof Error) throw answer
  const given = typeof answer === 'function' ? await answer(request) : answer
  if (given instanceof Response) return given.clone() // a test may use it twice
  const { body, status = body === undefined ? 204 : 200 } = given
  const headers = new Headers(given.headers)
  if (body === undefined) return new Response(null, { status, headers })
  const type =
    typeof body === 'string' ? 'text/plain' : status >= 400 ? 'application/problem+json' : 'application/hal+json'
  if (!headers.has('content-type')) headers.set('content-type', type)
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
}
