// Makes a service of apps and a database: everything is settled here once; what is left is `fetch`.

import { Problem, type RequestInfo, type Scheme } from '../http/index.ts'
import { Addresses, defaultLogger, type Logger } from '../wire/index.ts'
import { answering, type AnswerRequest } from './answer-request.ts'
import { collectHooks } from './definition/collect-hooks.ts'
import type { AppDefinition, ModelDefinition, Starting } from './definition/define.ts'
import { endpointsOf } from './endpoints.ts'
import { tellExposed } from './exposed.ts'
import { keptIdempotency } from './idempotency/setting.ts'
import { everyPermission } from './models/every-permission.ts'
import { linkModels, type App } from './models/link-models.ts'
import type { Model } from './models/model.ts'
import { checkGiven } from './models/given-models.ts'
import { Mounts } from './models/operation-places.ts'
import { Cursors } from './query/cursor.ts'
import { withKnownNames } from './query/service-rule.ts'
import { checkMark } from './query/soft-delete.ts'
import { tellUnfilledAtStart } from './query/unfilled.ts'
import { loneRelations, readRelations, schemaOf } from './schema/read-relations.ts'
import { ReadableTables } from './readable-tables.ts'
import { linksOf, type Links } from './service-links.ts'
import { checkServiceOptions, type ServiceOptions } from './service-options.ts'
import type { ServiceState } from './service-state.ts'
import { DrizzleStore } from './store/drizzle-store.ts'
import type { Store } from './store/store.ts'

/** A service in the web's terms. What is known by `answer` to be a service's own may be asked in that way. */
export interface ServiceFetch {
  (request: Request, info?: RequestInfo): Promise<Response>
  readonly answer: AnswerRequest
}

/** @typeParam Apps those it was made of, for `ContractOf`. */
export interface Service<Apps extends readonly AppDefinition[] = readonly AppDefinition[]> extends Links {
  readonly name: string | null
  readonly url: string
  /** The whole service as a web-standard function, to hang below any path of any program. */
  readonly fetch: ServiceFetch
  /** The same for anything that has what is needed of a request; `slumberjs/node` uses it. */
  readonly answer: AnswerRequest
  /** Every permission that its models ask for: the four actions of each, and those that their operations declare. */
  readonly permissions: readonly string[]
  /**
   * Does what its apps have to do before it serves, and rejects where that fails, or tables are missing that the service needs for itself; `serve` of
   * `slumberjs/node` asks it, and serves nothing where it rejects. A database that does not answer is no reason: that may pass, and `/-/ready` tells of it.
   *
   * @throws Error with the statements that are missing.
   */
  readonly ready: () => Promise<void>
  readonly state: ServiceState
  /** For types alone. */
  readonly apps?: Apps
}

/**
 * One call makes a service.
 *
 * @param name how other services call it; null for a single service without a directory.
 * @throws TypeError for an option that does not exist, and where apps, models or the directory contradict each other.
 * @example
 * export default service('pizzas', { url: 'http://localhost:8001/slumber/pizzas/', database: db, apps: [menu], authenticate: [basic(users)] })
 */
export function service<const Apps extends readonly AppDefinition[]>(
  name: string | null,
  options: ServiceOptions<Apps>,
): Service<Apps> {
  checkServiceOptions(options)
  const url = containerUrl('url', options.url)
  // A program without types may have left it out.
  if (((options.authenticate as readonly Scheme[] | undefined)?.length ?? 0) === 0) {
    throw new TypeError('A service needs a scheme to know its callers by: authenticate: [basic(…)].')
  }
  const state = stateOf(name, url, options)
  const permissions = everyPermission(state.models.values())
  const answer = answering(state)
  return {
    name,
    url,
    state,
    answer,
    fetch: Object.assign(async (request: Request, info?: RequestInfo) => await answer(request, info), { answer }),
    permissions,
    ready: () => ready(state, options.apps, permissions),
    ...linksOf(state.models),
  }
}

async function ready(
  { idempotency, store }: ServiceState,
  apps: readonly AppDefinition[],
  permissions: readonly string[],
): Promise<void> {
  const transact: Starting['transact'] = async (run) =>
    await store.transact(async ({ database }) => await run(database))
  try {
    await idempotency?.answers.ready()
    for (const app of apps) await app.ready?.({ permissions, transact })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

function stateOf(name: string | null, url: string, options: ServiceOptions): ServiceState {
  const { authenticate, database, directoryUrl, logger = defaultLogger, on = {}, rule, begin } = options
  const addresses = addressesOf(name, url, options)
  const store = DrizzleStore.over(database, logger)
  const relations = options.relations ?? schemaOf(database)
  const apps = linkModels(
    options.apps.map((app) => converting(app, options)),
    url,
    { addresses },
    readRelations(relations),
  )
  const models = admitted(apps, store)
  checkGiven(models)
  const checkedRule = rule === undefined ? undefined : withKnownNames(rule, models.values())
  const tables = new ReadableTables(store, models.values())
  const hooks = collectHooks(models, on)
  const idempotency = keptIdempotency(options.idempotency, store, logger)
  tellLone(models.values(), relations, logger)
  tellExposed(models.values(), url, options.logger)
  for (const model of models.values()) {
    const isRuled = model.options.serviceRule !== false
    if (isRuled && typeof rule === 'function') continue // what it gives depends on who asks
    const given = new Set(isRuled && typeof rule === 'object' ? Object.keys(rule) : [])
    tellUnfilledAtStart(model, hooks.get(model) ?? [], given, logger)
  }
  return {
    name,
    url,
    directoryUrl: directoryUrl === undefined ? undefined : containerUrl('directoryUrl', directoryUrl),
    addresses,
    store,
    apps,
    models,
    mounts: new Mounts(apps),
    schemes: authenticate,
    endpoints: endpointsOf(url, options),
    middleware: options.middleware ?? [],
    rule: checkedRule,
    begin,
    hooksOf: (model) => hooks.get(model) ?? [],
    hasWriteContext: hooks.size > 0 || [...models.values()].some((model) => model.options.softDelete !== undefined),
    cursors: new Cursors(options.secret),
    idempotency,
    logger,
    readiness: {
      database: () => store.ping(),
      // What row security asks `begin` for, nobody has said here.
      ...(begin === undefined ? { tables: () => tables.check() } : {}),
      ...(idempotency === undefined ? {} : { idempotency: () => idempotency.answers.ready() }),
      ...options.readiness,
    },
    serverTiming: options.serverTiming ?? false,
  }
}

/** Tells of relations between models that name nothing, because their other end does not say the columns. */
function tellLone(models: Iterable<Model>, relations: Readonly<Record<string, unknown>>, logger: Logger): void {
  const byTable = new Map(Array.from(models, (model) => [model.table.table, model] as const))
  for (const { name, table, target } of loneRelations(relations)) {
    const [model, other] = [byTable.get(table), byTable.get(target)]
    if (model === undefined || other === undefined) continue
    const error = model.fault(
      `its relation "${name}" names nothing: the relations of ${other.fullName} need the one() that says its columns`,
    )
    logger.warn({ error }, 'a relation is passed over')
  }
}

function addressesOf(name: string | null, url: string, { directory }: ServiceOptions): Addresses {
  if (name === null && directory !== undefined) {
    throw new TypeError('A service that has a directory needs the name it has there: service(name, …).')
  }
  const addresses = new Addresses(directory ?? (name === null ? {} : { [name]: url }), name ?? undefined)
  const listed = name === null ? url : addresses.services.get(name)
  if (listed === url) return addresses
  throw new TypeError(`The directory lists "${String(name)}" at ${String(listed)}, but its url is ${url}.`)
}

/** All models by full name; those that the database cannot serve are refused. */
function admitted(apps: readonly App[], store: Store): ReadonlyMap<string, Model> {
  const models = apps.flatMap((app) => [...app.models.values()])
  for (const model of models) {
    store.admit(model)
    checkMark(model)
  }
  return new Map(models.map((model) => [model.fullName, model]))
}

/** What the service says of types, the app may say otherwise. */
function converting(app: AppDefinition, options: ServiceOptions): AppDefinition {
  const convert = { ...options.convert, ...app.convert }
  if (Object.keys(convert).length === 0) return app
  const models = Object.entries(app.models).map(([name, model]): [string, ModelDefinition] => [
    name,
    { ...model, convert },
  ])
  return { ...app, models: Object.fromEntries(models) }
}

function containerUrl(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.href !== url.origin + url.pathname) {
    throw new TypeError(`"${option}" must be an absolute http or https URL without query and user: "${text}".`)
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
