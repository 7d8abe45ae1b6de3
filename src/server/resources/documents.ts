// The documents of a service, made from what was settled at its start: service, app, model, contract; and health.

import {
  FOUND,
  knownMethods,
  PERMANENT_REDIRECT,
  Problem,
  type Answer,
  type Awaitable,
  type Caching,
  type Exchange,
} from '../../http/index.ts'
import { startTimer, type AppDocument, type DirectoryDocument, type ServiceDocument } from '../../wire/index.ts'
import type { App } from '../models/link-models.ts'
import type { Rules } from '../query/rules.ts'
import type { ServiceState } from '../service-state.ts'
import { DocumentResource, ServiceResource } from './service-resource.ts'

export class ServiceDocumentResource extends DocumentResource {
  override isWellFormed(): boolean {
    this.allowParameters('format', 'model')
    return true
  }

  document(): ServiceDocument {
    const { name, apps, addresses } = this.service
    return {
      name,
      services: Object.fromEntries(addresses.services),
      apps: Object.fromEntries(apps.map((app) => [app.name, app.url])),
      configuration: Object.fromEntries(apps.map((app) => [app.name, app.configuration])),
      user: this.caller.name,
    }
  }

  /** `?model=menu.Pizza` leads to the document of that model; the app is matched by its name, or else by the end of it. */
  override exists(): boolean | Answer {
    const wanted = this.exchange.parameters.get('model')
    if (wanted === null) return super.exists()
    const models = this.service.apps.flatMap((app) => [...app.models.values()])
    const model =
      models.find(({ fullName }) => fullName === wanted) ??
      models.find(({ fullName }) => wanted.includes('.') && fullName.endsWith(`.${wanted}`))
    if (model === undefined) throw new Problem(404, `There is no model "${wanted}" here.`, { code: 'not-found' })
    return FOUND(undefined, { location: `${model.url}/-/model` })
  }
}

export class AppDocumentResource extends DocumentResource {
  readonly #app: App

  constructor(exchange: Exchange, service: ServiceState, app: App) {
    super(exchange, service)
    this.#app = app
  }

  document(): AppDocument {
    const models = [...this.#app.models.values()].map((model) => [model.name, model.url] as const)
    return { name: this.#app.name, models: Object.fromEntries(models) }
  }
}

/** The process answers. Open, and says nothing else. */
export class HealthResource extends DocumentResource {
  override get isPublic(): boolean {
    return true
  }

  override get caching(): Caching {
    return { noStore: true }
  }

  document(): unknown {
    return { status: 'ok' }
  }
}

/** Milliseconds for each check of readiness. */
const checkTimeout = 3_000

/** The service can do its work: its database answers, and whatever else was named answers too. */
export class ReadyResource extends ServiceResource {
  override get isPublic(): boolean {
    return true
  }

  override get caching(): Caching {
    return { noStore: true }
  }

  override isWellFormed(): boolean {
    this.allowParameters('format')
    return true
  }

  async GET(): Promise<unknown> {
    const checks = await Promise.all(
      Object.entries(this.service.readiness).map(([name, check]) => this.#ask(name, check)),
    )
    const failing = checks.filter((name) => name !== undefined)
    if (failing.length === 0) return { status: 'ready' }
    return new Problem(503, `Not ready: ${failing.join(', ')}.`, { code: 'not-ready', headers: { 'retry-after': '1' } })
  }

  async #ask(name: string, check: () => Promise<void>): Promise<string | undefined> {
    try {
      await withinTime(check())
      return undefined
    } catch (error) {
      this.exchange.logger.warn({ requestId: this.exchange.requestId, check: name, error }, 'not ready')
      return name
    }
  }
}

/** A check that does not come back is a check that fails. */
async function withinTime(check: Promise<void>): Promise<void> {
  const { expired, stop } = startTimer(checkTimeout, () => new Error(`no answer within ${checkTimeout} ms`))
  try {
    await Promise.race([check, expired])
  } finally {
    stop()
  }
}

/** The directory by itself, where a service stands in for it at another URL. */
export class DirectoryResource extends DocumentResource {
  document(): DirectoryDocument {
    return { services: Object.fromEntries(this.service.addresses.services) }
  }
}

type There = (rules: Rules) => Awaitable<string | undefined>

/** Nothing is here, whatever the method; asked only after the caller is known. */
export class NothingResource extends ServiceResource {
  readonly #there: There

  /** @param there what somebody may have meant, of what documents tell this caller. */
  constructor(exchange: Exchange, service: ServiceState, there: There = () => undefined) {
    super(exchange, service)
    this.#there = there
  }

  override get methods(): readonly string[] {
    return [this.exchange.method, 'OPTIONS']
  }

  override async isAllowed(): Promise<boolean> {
    const there = await this.#there(this.rules)
    const detail = there === undefined ? 'There is nothing here.' : `There is nothing here; ${there}.`
    throw new Problem(404, detail, { code: 'not-found' })
  }
}

/** A preflight says nothing of who asks: on every path it gets the same answer, where middleware has one. */
export class PreflightResource extends NothingResource {
  override get methods(): readonly string[] {
    return knownMethods
  }
}

/** The other spelling of a URL, with or without its final slash, leads to the right one; the query is kept. */
export class SpellingResource extends NothingResource {
  readonly #location: string

  constructor(exchange: Exchange, service: ServiceState, location: string) {
    super(exchange, service)
    this.#location = location
  }

  override async isAllowed(): Promise<boolean> {
    // oxlint-disable-next-line typescript/only-throw-error -- the handler answers a thrown Answer as it is
    throw PERMANENT_REDIRECT(undefined, { location: this.#location + this.exchange.url.search })
  }
}
