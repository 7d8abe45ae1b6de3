// `expect(answer).toBeProblem(400)`: what every answer of the front's own is, whatever its status.
import { expect } from 'vitest'
import type { RawAnswer } from './raw-client.ts'

declare module 'vitest' {
  interface Matchers {
    /** A problem document of that status with a title, an exact length, a Date of now and `no-store`. */
    toBeProblem: (status: number) => void
  }
}

expect.extend({
  toBeProblem(answer: RawAnswer, status: number) {
    const faults = faultsOf(answer, status)
    return { pass: faults.length === 0, message: () => `${faults.join(', ')} in ${JSON.stringify(answer)}` }
  },
})

export { expect }

function faultsOf({ status, headers, body }: RawAnswer, expected: number): string[] {
  const problem = parse(body)
  const checks: Readonly<Record<string, boolean>> = {
    [`status is not ${expected}`]: status === expected && problem['status'] === expected,
    'not problem+json': headers['content-type'] === 'application/problem+json',
    'not no-store': headers['cache-control'] === 'no-store',
    'wrong length': headers['content-length'] === String(body.length),
    'no Date of now': isNow(headers['date'] ?? ''),
    'no title': typeof problem['title'] === 'string',
    'no code': /^[a-z-]+$/.test(String(problem['code'])),
    'other members': Object.keys(problem).every((name) => ['title', 'status', 'detail', 'code'].includes(name)),
  }
  return Object.keys(checks).filter((fault) => checks[fault] === false)
}

/** IMF-fixdate (RFC 9110 §5.6.7) within two seconds of now. */
export function isNow(date: string): boolean {
  const time = Date.parse(date)
  return new Date(time).toUTCString() === date && Math.abs(time - Date.now()) < 2_000
}

function parse(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown> // where it is no object its members are missing
  } catch {
    return {}
  }
}
