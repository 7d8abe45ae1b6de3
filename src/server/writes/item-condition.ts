// The entity tag that an item of a list names its row by: the If-Match of that item.

import { evaluatePreconditions, isTagOfState, Problem } from '../../http/index.ts'
import { pointerTo } from '../../wire/index.ts'
import { invalidContent } from './invalid-content.ts'
import type { Model, Row } from '../models/model.ts'
import type { Columns } from '../query/field-rules.ts'
import { rowTag } from '../rows/represent.ts'

/** The member of an item that holds its tag, as every HAL object has it. */
export const tagMember = '_etag'

/**
 * @param columns those that the caller may read, whose tag they were given.
 * @throws Problem 412 where the row has another tag, 422 where there is no tag in it, 428 where there must be one.
 */
export function mustHaveTag(model: Model, row: Row, columns: Columns, given: unknown): void {
  if (given === undefined) {
    if (model.options.requiresCondition !== true) return
    throw new Problem(428, `Give "${tagMember}", the entity tag of the state you have seen.`, {
      code: 'condition-required',
    })
  }
  const state = { opaque: rowTag(model, row, columns), weak: false }
  const presented = typeof given === 'string' ? given : ''
  const outcome = evaluatePreconditions({
    method: 'PATCH',
    headers: { get: (name) => (name === 'if-match' ? presented : null) },
    exists: true,
    validators: {},
    matchesIfMatch: (tag) => isTagOfState(tag, state),
  })
  if (presented === '' || outcome === 'malformed') {
    throw invalidContent([{ pointer: pointerTo([tagMember]), detail: 'must be an entity tag in double quotes, or *' }])
  }
  if (outcome !== 'proceed') {
    throw new Problem(412, 'The state has changed since.', { code: 'precondition-failed' })
  }
}
