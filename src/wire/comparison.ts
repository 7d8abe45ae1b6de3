// What a filter may ask of a field: its value, or comparisons by operator; all that are given must hold.

/** Of fields that cannot be compared: JSON and bytes. */
export interface NullComparison {
  readonly isnull?: boolean
}

export interface Comparison<Value> extends NullComparison {
  readonly eq?: Value
  readonly ne?: Value
  readonly in?: readonly Value[]
  readonly nin?: readonly Value[]
}

export interface OrderComparison<Value> extends Comparison<Value> {
  readonly lt?: Value
  readonly lte?: Value
  readonly gt?: Value
  readonly gte?: Value
  /** The first and the last that are meant. */
  readonly range?: readonly [from: Value, to: Value]
}

/** The operators with an `i` do not tell capitals from small letters. */
export interface TextComparison<Value = string> extends OrderComparison<Value> {
  readonly contains?: string
  readonly icontains?: string
  readonly startswith?: string
  readonly istartswith?: string
  readonly endswith?: string
  readonly iendswith?: string
  readonly iexact?: string
}

/** Filters in a filter: of `and` every one must hold, of `or` one, what stands in `not` must not. */
export interface FilterGroups<Filter> {
  readonly and?: readonly Filter[]
  readonly or?: readonly Filter[]
  readonly not?: Filter
}

/** Of lists: what is in them. */
export interface ItemComparison<Item> extends NullComparison {
  readonly has?: Item
}
