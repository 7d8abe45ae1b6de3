// What a user writes to make a service, and what of it is refused whatever else is there.

import type { BaseClass, Idempotency, Middleware, Principal, Scheme } from '../http/index.ts'
import { refuseUnknownOptions, undefinedOption, type KnownOptions, type Logger } from '../wire/index.ts'
import type { ServiceHooks } from './definition/collect-hooks.ts'
import type { TypeConversions } from './models/conversion.ts'
import { checkConversions } from './definition/check-options.ts'
import type { AppDefinition, RuleSource } from './definition/define.ts'
import type { Database, SqliteDatabase } from './store/database.ts'

export interface ServiceOptions<Apps extends readonly AppDefinition[] = readonly AppDefinition[]> {
  /** The absolute, public URL of the service; every link begins with it. */
  readonly url: string
  /** Drizzle's: of SQLite (libsql, better-sqlite3), PostgreSQL (node-postgres with a Pool, postgres.js), MySQL or MariaDB (mysql2 with a pool). */
  readonly database: Database
  readonly apps: Apps
  /** Tables and their `relations()`, or what `defineRelations()` gives, which name references and data arrays; what Drizzle was given unless given. */
  readonly relations?: Readonly<Record<string, unknown>>
  /** Every service by name with its absolute URL, this one included. */
  readonly directory?: Readonly<Record<string, string>>
  /** The URL at which this service answers as the directory, outside its own path. */
  readonly directoryUrl?: string
  /** Asked in order, at least one; `WWW-Authenticate` lists their challenges. */
  readonly authenticate: readonly Scheme[]
  /**
   * A rule for every model besides the model's own: tenancy. Of its filter those members hold that a model has; one that has none is
   * closed, unless it says `serviceRule: false`. Rows must fall under it when they are read, and before and after they are written;
   * new ones get the values that it asks to be equal.
   *
   * @example
   * rule: (user) => user.superuser || { tenantId: tenantOf(user) }
   */
  readonly rule?: RuleSource
  /**
   * Called at the begin of each transaction, and then reads run in one as well: for what row security of the database asks, say
   * `set_config('app.user', …, true)`. Operations with `transaction: false` have none. `transactionOf` gives `tx` your database's type.
   */
  readonly begin?: (tx: SqliteDatabase, user: Principal) => unknown
  /** What is done around the writes of models, by full name; `*` is for all of them. Those of a model run last. */
  readonly on?: ServiceHooks
  /** Another JSON form of all columns of a type; what an app, or a model, says wins. */
  readonly convert?: TypeConversions
  /**
   * Around every resource: `[cors({ origin: ['https://shop.example'] })]` lets pages of other origins use the service. Preflights are
   * answered alike for every path, so that nobody learns what is there.
   */
  readonly middleware?: readonly Middleware[]
  /**
   * Understands `Idempotency-Key` on POST and PATCH. What was answered is kept in the database, in the transaction of the write: the
   * table is `slumberTables.shared` of `slumberjs/sqlite`, `/pg` or `/mysql`, for your migrations. Where it is missing,
   * `ready()` and so `serve` refuse with the statement that makes it, `/-/ready` is 503, and so is a request with a key.
   */
  readonly idempotency?: boolean | Idempotency
  /** Hand-written resources beside its documents, by their names below `-/`; who asks, the service's schemes say, unless they set their own. */
  readonly endpoints?: Readonly<Record<string, BaseClass>>
  /** Signs cursors; the same on every process of the service. Random unless given. */
  readonly secret?: string
  /** Any logger of pino's shape, `jsonLogger(…)` for one; errors go to the console unless given. */
  readonly logger?: Logger
  /** Further conditions of `/-/ready`, by name; each throws where it does not hold. */
  readonly readiness?: Readonly<Record<string, () => Promise<void>>>
  /** Adds `Server-Timing` to answers: `auth`, `decide`, `database`, `represent`, in milliseconds. It tells of what is inside: not for strangers. */
  readonly serverTiming?: boolean
}

const known: KnownOptions<ServiceOptions> = {
  url: true,
  database: true,
  apps: true,
  relations: true,
  directory: true,
  directoryUrl: true,
  authenticate: true,
  rule: true,
  begin: true,
  on: true,
  convert: true,
  middleware: true,
  idempotency: true,
  endpoints: true,
  secret: true,
  logger: true,
  readiness: true,
  serverTiming: true,
}
const knownOfIdempotency: KnownOptions<Idempotency> = {
  required: true,
  seconds: true,
  lostAfter: true,
  maxContent: true,
}

type Shape = readonly [be: string, isRight: (value: unknown) => boolean]

const isFunction = (value: unknown): boolean => typeof value === 'function'
const isFlag = (value: unknown): boolean => typeof value === 'boolean'
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isScheme = (value: unknown): boolean =>
  isObject(value) && 'challenge' in value && 'authenticate' in value && isFunction(value.authenticate)

/** What options have to be, as far as nothing else looks at them when the service is made. */
const shapes: Readonly<Record<string, Shape>> = {
  authenticate: [
    'a list of schemes: [basic(…)]; a scheme is { challenge, authenticate(exchange) }',
    (value) => Array.isArray(value) && value.every(isScheme),
  ],
  begin: ['a function', isFunction],
  idempotency: [
    'true, false or { required, seconds, lostAfter, maxContent }',
    (value) => isFlag(value) || isObject(value),
  ],
  secret: ['a text that is not empty', (value) => typeof value === 'string' && value !== ''],
  readiness: ['an object of functions, by name', (value) => isObject(value) && Object.values(value).every(isFunction)],
  serverTiming: ['true or false', isFlag],
}
const shapesOfIdempotency: Readonly<Record<string, Shape>> = {
  required: ['true or false', isFlag],
  seconds: ['a number', isCount],
  lostAfter: ['a number', isCount],
  maxContent: ['a number', isCount],
}

/** @throws TypeError for an option of another shape. */
function checkShapes(options: object, expected: Readonly<Record<string, Shape>>, prefix = ''): void {
  for (const [name, value] of Object.entries(options)) {
    const shape = Object.hasOwn(expected, name) ? expected[name] : undefined
    if (shape === undefined || value === undefined) continue
    const [be, isRight] = shape
    if (!isRight(value)) throw new TypeError(`"${prefix}${name}" must be ${be}.`)
  }
}

/** Options that close something: the rows of others, and by `begin` what row security of the database is told. */
const closing: readonly (keyof ServiceOptions)[] = ['rule', 'begin']

/**
 * TypeScript says the same to programs that use it.
 *
 * @throws TypeError for an option that does not exist: a rule of another name would leave open what it should close, and so would one
 * that is undefined; and for one of another shape.
 */
export function checkServiceOptions(options: ServiceOptions): void {
  const what = 'service(name, …)'
  refuseUnknownOptions(options, known, what)
  const wrong = undefinedOption(options, closing)
  if (wrong !== undefined) throw new TypeError(`${what} ${wrong}.`)
  const { apps, convert, idempotency } = options
  // A program without types may have given the app itself, or have it from a module that does not export it.
  if (!Array.isArray(apps) || !apps.every(isApp)) {
    throw new TypeError('"apps" must be a list of what app(…) makes: apps: [menu].')
  }
  checkConversions(convert, what)
  checkShapes(options, shapes)
  if (typeof idempotency === 'object') {
    refuseUnknownOptions(idempotency, knownOfIdempotency, 'idempotency')
    checkShapes(idempotency, shapesOfIdempotency, 'idempotency.')
  }
}

function isApp(given: unknown): boolean {
  return (
    typeof given === 'object' &&
    given !== null &&
    'name' in given &&
    typeof given.name === 'string' &&
    'models' in given
  )
}
