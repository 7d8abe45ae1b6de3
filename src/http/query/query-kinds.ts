// The kinds of query parameters: what text of a URL each takes, which is only what it would itself write, and its JSON schema.

import { codecs, ValueFault } from '../../wire/index.ts'
import {
  parameter,
  type DefaultOf,
  type JsonSchema,
  type ParameterOptions,
  type QueryParameter,
  type ValueOf,
} from './query-parameters.ts'

/** A function that declares a parameter of values `T`; `Limits` are the options of this kind alone. */
export type QueryKind<T, Limits extends object = object> = <
  List extends boolean = false,
  Required extends boolean = false,
  Default extends DefaultOf<T, List> = undefined,
>(
  options?: Limits & ParameterOptions<T, List, Required, Default>,
) => QueryParameter<ValueOf<T, List, Required, Default>>

/** Both ends are themselves allowed. */
export interface NumberLimits {
  readonly minimum?: number
  readonly maximum?: number
}

export interface TextLimits {
  /** In characters, which are code points here as in JSON Schema. */
  readonly maxLength?: number
  /** Searched for, unless it is anchored. No flags but `u`, and no nested quantifiers: strangers write the text. */
  readonly pattern?: RegExp
}

type Parser<T> = (given: string) => T

/** A default must be what its kind takes: a mistake shows at the start, not at the first request. */
function kindOf<T, Limits extends object>(
  parserOf: (limits: Partial<Limits>) => Parser<T>,
  schemaOf: (limits: Partial<Limits>) => JsonSchema,
): QueryKind<T, Limits> {
  return (options) => {
    const limits: Partial<Limits> = options ?? {}
    const parse = parserOf(limits)
    checkDefault(parse, options?.default)
    return parameter(parse, { ...options, schema: schemaOf(limits) })
  }
}

function checkDefault(parse: Parser<unknown>, standard: unknown): void {
  const values: readonly unknown[] = Array.isArray(standard) ? standard : standard === undefined ? [] : [standard]
  for (const value of values) parse(value instanceof Date ? value.toISOString() : String(value))
}

/**
 * Text as it is given, empty text too.
 *
 * @throws TypeError where `pattern` has other flags than `u`; RangeError where the default is not as it demands
 * @example
 * text({ name: 'search', maxLength: 100, clean: (value) => value.trim() })
 */
export const text: QueryKind<string, TextLimits> = kindOf<string, TextLimits>(
  ({ maxLength = Infinity, pattern }) => {
    if (pattern !== undefined && !/^u?$/.test(pattern.flags)) throw new TypeError('A pattern takes no flags but u.')
    return (given) => {
      if (Array.from(given).length > maxLength) throw new RangeError(`must have at most ${maxLength} characters`)
      if (pattern?.test(given) === false) throw new RangeError(`must match ${pattern.source}`)
      return given
    }
  },
  ({ maxLength, pattern }) => ({
    type: 'string',
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern: pattern.source }),
  }),
)

const integerText = /^(?:0|-?[1-9]\d*)$/
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * An integer that a `number` holds exactly, in its one plain spelling: `1.0`, `1e3`, `+1`, `01`, `-0` and `0x10` are none.
 *
 * @throws RangeError where the default is not as it demands
 * @example
 * integer({ default: 1, minimum: 1 })
 */
export const integer: QueryKind<number, NumberLimits> = kindOf<number, NumberLimits>(
  (limits) => {
    const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = limits
    return (given) => {
      const value = integerText.test(given) ? Number(given) : Number.NaN
      if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value
      const isHuge = Math.abs(value) > Number.MAX_SAFE_INTEGER
      throw new RangeError(`must be an integer${wordsOf(isHuge ? { minimum, maximum } : limits)}`)
    }
  },
  (limits) => ({ type: 'integer', ...numberSchema(limits) }),
)

/**
 * A finite number as JSON writes it (RFC 8259 §6), which includes `1e3` and whatever `String` makes of a number; not `-0`.
 *
 * @throws RangeError where the default is not as it demands
 * @example
 * number({ minimum: -90, maximum: 90, required: true })
 */
export const number: QueryKind<number, NumberLimits> = kindOf<number, NumberLimits>(
  (limits) => (given) => {
    const { minimum = -Number.MAX_VALUE, maximum = Number.MAX_VALUE } = limits
    const value = jsonNumber.test(given) ? Number(given) : Number.NaN
    if (value >= minimum && value <= maximum && !Object.is(value, -0)) return value
    throw new RangeError(`must be a number${wordsOf(limits)}`)
  },
  (limits) => ({ type: 'number', ...numberSchema(limits) }),
)

function wordsOf({ minimum, maximum }: NumberLimits): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of at least ${minimum}`
  return maximum === undefined ? '' : ` of at most ${maximum}`
}

function numberSchema({ minimum, maximum }: NumberLimits): JsonSchema {
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) }
}

/**
 * `true` or `false`, and no other spelling.
 *
 * @example
 * boolean({ default: false })
 */
export const boolean: QueryKind<boolean> = kindOf<boolean, object>(
  () => (given) => {
    if (given !== 'true' && given !== 'false') throw new RangeError('must be true or false')
    return given === 'true'
  },
  () => ({ type: 'boolean' }),
)

/**
 * A day of ISO 8601, `2026-01-31`, which is its midnight in UTC, or a time with a zone, `2026-01-31T12:00:00Z`.
 *
 * @example
 * date({ description: 'Changed since' })
 */
export const date: QueryKind<Date> = kindOf<Date, object>(
  () => (given) => {
    try {
      const instant: unknown = codecs['date-time'].decode(
        /^\d{4}-\d\d-\d\d$/.test(given) ? `${given}T00:00:00Z` : given,
      )
      if (instant instanceof Date) return instant
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
    }
    // In a query `+` is a blank, which nobody sees who writes `T12:00:00+02:00` into one.
    const plus = / \d\d:\d\d$/.test(given) ? '; a + is written %2B in a URL' : ''
    throw new RangeError(`must be a date such as 2026-01-31 or a time with a zone such as 2026-01-31T12:00:00Z${plus}`)
  },
  () => ({ type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }] }),
)

/**
 * One of these words, exactly.
 *
 * @throws RangeError where the default is none of them
 * @example
 * choice(['new', 'old'], { default: 'new' })
 */
export function choice<
  const Choice extends string,
  List extends boolean = false,
  Required extends boolean = false,
  Default extends DefaultOf<Choice, List> = undefined,
>(
  choices: readonly Choice[],
  options: ParameterOptions<NoInfer<Choice>, List, Required, Default> = {},
): QueryParameter<ValueOf<Choice, List, Required, Default>> {
  const parse = (given: string): Choice => {
    const found = choices.find((each) => each === given)
    if (found === undefined) throw new RangeError(`must be one of: ${choices.join(', ')}`)
    return found
  }
  checkDefault(parse, options.default)
  return parameter(parse, { ...options, schema: { type: 'string', enum: choices } })
}
