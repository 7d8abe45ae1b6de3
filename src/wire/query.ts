// The words of the query language that both ends share: operators, reserved parameters, and `a.b__op` names taken apart.

/** Filter operators; the first is meant where a name carries none. */
export const operators = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'nin',
  'range',
  'isnull',
  'contains',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'iexact',
  'has',
] as const

export type Operator = (typeof operators)[number]

/** Parameters of a list that are not filters; a field of such a name is written with its operator, `limit__eq`. */
export const listParameters = [
  'sort',
  'fields',
  'expand',
  'where',
  'limit',
  'offset',
  'after',
  'before',
  'format',
] as const

const known: ReadonlySet<string> = /* @__PURE__ */ new Set(operators) // which bundles of the client leave out

/** Whether a word is an operator. */
export function isOperator(word: string): word is Operator {
  return known.has(word)
}

/**
 * Takes a filter's name apart: the path of relations, the field, the operator.
 * A name in `isField` that ends in `__word` is a field, not a field with an operator: the longest known name wins.
 *
 * @example
 * splitFilterName('crust.name__icontains', () => false)
 * // { path: ['crust'], field: 'name', operator: 'icontains' }
 */
export function splitFilterName(
  name: string,
  isField: (path: readonly string[], field: string) => boolean,
): { readonly path: readonly string[]; readonly field: string; readonly operator: string } {
  const path = name.split('.')
  const last = path.pop() ?? ''
  const at = last.lastIndexOf('__')
  if (at <= 0 || isField(path, last)) return { path, field: last, operator: 'eq' }
  return { path, field: last.slice(0, at), operator: last.slice(at + 2) }
}
