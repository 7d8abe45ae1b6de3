// Refuses options of a model that do not exist or have another shape: nobody would ask for what is misspelt, and a rule that is passed
// over leaves open what it should close. TypeScript says the same to programs that use it.

import type { Table } from 'drizzle-orm'
import { codecs, refuseUnknownOptions, undefinedOption, unknownOption, type KnownOptions } from '../../wire/index.ts'
import type { AppOptions, ModelOptions } from './define.ts'

/** What is wrong with the value of an option, said of the option; undefined where nothing is. */
type Check = (value: unknown, option: string) => string | undefined

/**
 * @param options whatever a program has given.
 * @param fault says what is wrong of the model.
 */
export function checkOptions(options: object, fault: (message: string) => TypeError): void {
  const what = 'model(table, …)'
  const wrong = membersWrong(options, checks, what) ?? undefinedClosing(options, what)
  if (wrong !== undefined) throw fault(wrong)
}

/** What is wrong where an option that closes or hides something is there and undefined. */
export function undefinedClosing(options: object, what: string): string | undefined {
  const wrong = undefinedOption(options, closing)
  return wrong === undefined ? undefined : `${what} ${wrong}`
}

/**
 * @param what they are given to: `app("menu", …)`.
 * @throws TypeError for an option that does not exist, or a conversion of another shape.
 */
export function checkAppOptions(options: AppOptions, what: string): void {
  refuseUnknownOptions(options, appOptions, what)
  checkConversions(options.convert, what)
}

/** @throws TypeError for what is no type, and for a conversion of another shape. */
export function checkConversions(convert: unknown, what: string): void {
  const wrong = convert === undefined ? undefined : typeConversions(convert, 'convert')
  if (wrong !== undefined) throw new TypeError(`${what}: ${wrong}.`)
}

const appOptions: KnownOptions<AppOptions> = { configuration: true, convert: true }

const isText = (value: unknown): value is string => typeof value === 'string'
const isFunction = (value: unknown): boolean => typeof value === 'function'

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function must(be: string, isRight: (value: unknown) => boolean): Check {
  return (value, option) => (isRight(value) ? undefined : `${option} must be ${be}`)
}

/** An object whose members have names of the program's choice. */
function each(be: string, check: Check): Check {
  return (value, option) => {
    if (!isObject(value)) return `${option} must be an object of ${be}, by name`
    const found = Object.entries(value).map(([name, member]) => check(member, `${option}.${name}`))
    return found.find((fault) => fault !== undefined)
  }
}

/** An object that has these members, and no others. */
function members(known: Readonly<Record<string, Check>>): Check {
  return (value, option) =>
    isObject(value)
      ? membersWrong(value, known, option)
      : `${option} must be an object: { ${Object.keys(known).join(', ')} }`
}

function membersWrong(given: object, known: Readonly<Record<string, Check>>, option: string): string | undefined {
  const unknown = unknownOption(given, known, option)
  if (unknown !== undefined) return unknown
  for (const [name, value] of Object.entries(given)) {
    const check = known[name]
    if (check === undefined) continue // there is one for each
    if (value === undefined && check !== rule && check !== fieldRule) continue
    const wrong = check(value, known === checks ? name : `${option}.${name}`)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

const flag = must('true or false', (value) => typeof value === 'boolean')
const column = must('the name of a column', isText)
const isNames = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const isSet = (value: unknown): boolean => isText(value) || isNames(value)
const names = must('a list of names', isNames)

/** One that is undefined has been looked for in the wrong place, most likely: it must not open everything. */
const rule: Check = (value, option) => {
  const isRule = typeof value === 'boolean' || isFunction(value) || isObject(value)
  return isRule ? undefined : `${option} must be true, false, a filter, or a function of the caller that gives one`
}
const fieldRule = must(
  'true, false, or a function of the caller',
  (value) => typeof value === 'boolean' || isFunction(value),
)

const table = must('a Drizzle table', isObject)
const ofReference = members({ name: must('a text', isText), inverse: must('a text', isText), to: table })
const typeName = must(
  `one of: ${Object.keys(codecs).join(', ')}`,
  (value) => isText(value) && Object.hasOwn(codecs, value),
)
const conversion = members({
  encode: must('a function', isFunction),
  decode: must('a function', isFunction),
  type: typeName,
})

const typedProperty = members({ type: typeName, nullable: flag, value: must('a function of the row', isFunction) })
const property: Check = (value, option) => {
  if (isFunction(value)) return undefined
  if (!isObject(value)) return `${option} must be a function of the row, or { type, value }`
  const missing = ['type', 'value'].find((name) => value[name] === undefined)
  return typedProperty(value, option) ?? (missing === undefined ? undefined : `${option} needs ${missing}`)
}

const converted: Check = (value, option) => {
  if (isFunction(value)) return undefined
  const wrong = conversion(value, option)
  return wrong ?? ('encode' in (value as object) ? undefined : `${option} needs encode, which says what JSON shows`)
}

const typeConversions = members(Object.fromEntries(Object.keys(codecs).map((type) => [type, converted])))

/** Options that close or hide something. */
const closing: readonly (keyof ModelOptions<Table>)[] = [
  'access',
  'rulesFrom',
  'fields',
  'exclude',
  'readOnly',
  'operations',
  'viewPermission',
  'softDelete',
]

/** Every option of a model. */
const checks: Readonly<Record<keyof ModelOptions<Table>, Check>> = {
  key: names,
  unique: must('a list of names, or of lists of them', (value) => Array.isArray(value) && value.every(isSet)),
  display: must('the name of a column, or a function of the row', (value) => isText(value) || isFunction(value)),
  properties: each('functions of the row', property),
  references: each('names', (value, option) => (isText(value) ? undefined : ofReference(value, option))),
  through: each('tables', table),
  exclude: names,
  readOnly: names,
  access: members({ read: rule, create: rule, update: rule, delete: rule }),
  rulesFrom: must('a function of the caller and of what is asked about: remoteRules(…)', isFunction),
  fields: each('rules', members({ read: fieldRule, write: fieldRule })),
  operations: each('operations', () => undefined),
  convert: each('conversions', converted),
  public: flag,
  serviceRule: must('false, or left out', (value) => value === false),
  viewPermission: flag,
  softDelete: column,
  on: must('hooks, or a list of them', (value) => isObject(value) || (Array.isArray(value) && value.every(isObject))),
  export: flag,
  newestFirst: flag,
  requiresCondition: flag,
  version: column,
  lastModified: column,
  bulk: must('true, false or { items, octets }', (value) => typeof value === 'boolean' || isObject(value)),
  owns: names,
}
