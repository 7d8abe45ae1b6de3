// Errors as problem documents (RFC 9457), and a place where their codes are explained.

import { GONE, Problem, problemTypesResource, resource, router, type Verdict } from 'slumberjs/http'

export class Shop extends resource('/shops/:name') {
  override exists(): Verdict {
    return this.params.name === 'old' ? GONE : true // any question may give an answer of its own
  }
  GET(): unknown {
    if (this.params.name === 'broken') throw new Error('the password is 1234') // logged; the client reads 500 and a request id
    throw new Problem(409, 'The shop is closed on Mondays.', {
      code: 'shop-closed', // stable, for programs
      errors: [{ parameter: 'day', detail: 'Monday' }],
      members: { opens: '2026-02-03' },
      headers: { 'retry-after': '86400' },
    })
  }
}

/** Explains the codes of the layer, and these. */
const ProblemTypes = problemTypesResource('/problems/:code', [
  {
    code: 'shop-closed',
    status: 409,
    title: 'The shop is closed',
    explanation: 'It opens again on the day that is given.',
  },
])

export const shops = router([Shop, ProblemTypes], { defaults: { problemTypes: '/problems/' } })
