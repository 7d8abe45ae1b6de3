// The documents that programs are written by: model, JSON Schema, contract and OpenAPI. Made once for all who see the same fields.

import { json, OK, openApiMediaType, type Answer, type Exchange, type Representation } from '../../http/index.ts'
import type { ContractDocument } from '../../wire/index.ts'
import { modelDocument } from '../documents/model-document.ts'
import type { Model } from '../models/model.ts'
import { viewOf, type ModelView } from '../models/model-view.ts'
import { schemaDocument } from '../openapi/model-schemas.ts'
import { serviceOpenApi } from '../openapi/service-openapi.ts'
import type { ServiceState } from '../service-state.ts'
import { writtenOnce, type WrittenDocument } from '../documents/written-document.ts'
import { allowanceOf, signatureOf, type Allowance } from './open-methods.ts'
import { ServiceResource } from './service-resource.ts'

abstract class WrittenResource extends ServiceResource {
  #written: WrittenDocument | undefined

  abstract written(): Promise<WrittenDocument>

  override get produces(): readonly Representation[] {
    return [json]
  }

  override isWellFormed(): boolean {
    this.allowParameters('format')
    return true
  }

  /** A rule that fails says so where rows are asked for; what there is can be told all the same. */
  async allowanceIn({ model, unfilled }: ModelView): Promise<Allowance> {
    const caller = this.exchange.principal
    const allowance = await allowanceOf(model, this.rules, caller).catch(() => ({ caller, closed: new Set<never>() }))
    return unfilled.size === 0 ? allowance : { caller, closed: new Set([...allowance.closed, 'create']) }
  }

  override async exists(): Promise<boolean> {
    this.#written = await this.written()
    return true
  }

  override entityTag(): string | undefined {
    return this.#written?.tag
  }

  GET(): Answer {
    return OK(this.#written?.text, { 'content-type': this.exchange.representation.mediaType })
  }
}

abstract class OfModelResource extends WrittenResource {
  readonly #model: Model

  constructor(exchange: Exchange, service: ServiceState, model: Model) {
    super(exchange, service)
    this.#model = model
  }

  abstract make(view: ModelView, allowance: Allowance): unknown

  override async written(): Promise<WrittenDocument> {
    const view = await viewOf(this.#model, this.rules)
    const allowance = await this.allowanceIn(view)
    const key = `${this.constructor.name} ${view.signature} ${this.seen(this.#model, allowance)}`
    return writtenOnce(this.#model, key, () => this.make(view, allowance))
  }

  /** What of the allowance the document depends on. */
  seen(_model: Model, _allowance: Allowance): string {
    return ''
  }
}

export class ModelDocumentResource extends OfModelResource {
  override make(view: ModelView, allowance: Allowance): unknown {
    return modelDocument(this.service, view, allowance)
  }

  override seen(model: Model, allowance: Allowance): string {
    return signatureOf(model, allowance)
  }
}

/** https://json-schema.org/draft/2020-12/json-schema-core#section-13 */
const schemaJson: Representation = { ...json, name: 'schema', mediaType: 'application/schema+json' }

export class ModelSchemaResource extends OfModelResource {
  override get produces(): readonly Representation[] {
    return [json, schemaJson]
  }

  override make(view: ModelView): unknown {
    return schemaDocument(view)
  }
}

const openApiJson: Representation = { ...json, name: 'openapi', mediaType: openApiMediaType }

abstract class OfServiceResource extends WrittenResource {
  /** Of all models, as far as the caller may know them. */
  async views(): Promise<ReadonlyMap<Model, ModelView>> {
    const models = [...this.service.models.values()]
    return new Map(await Promise.all(models.map(async (model) => [model, await viewOf(model, this.rules)] as const)))
  }

  /** @param seen the same for all callers who see the same. */
  writtenFor(seen: readonly string[], make: () => unknown): WrittenDocument {
    return writtenOnce(this.service, `${this.constructor.name} ${seen.join('\n')}`, make)
  }
}

export class ContractResource extends OfServiceResource {
  override async written(): Promise<WrittenDocument> {
    const views = await this.views()
    return this.writtenFor(
      Array.from(views.values(), ({ signature }) => signature),
      () => this.#make(views),
    )
  }

  #make(views: ReadonlyMap<Model, ModelView>): ContractDocument {
    const { name: service, url } = this.service
    const apps = this.service.apps.map(({ name, models }) => {
      const documents = [...models.values()].flatMap((model) => {
        const view = views.get(model)
        return view === undefined ? [] : [[model.name, modelDocument(this.service, view)] as const]
      })
      return [name, { models: Object.fromEntries(documents) }] as const
    })
    return { service, url, apps: Object.fromEntries(apps) }
  }
}

export class OpenApiResource extends OfServiceResource {
  override get produces(): readonly Representation[] {
    return [json, openApiJson]
  }

  override async written(): Promise<WrittenDocument> {
    const views = await this.views()
    const allowances = new Map(
      await Promise.all(Array.from(views, async ([model, view]) => [model, await this.allowanceIn(view)] as const)),
    )
    return this.writtenFor(
      Array.from(allowances, ([model, each]) => `${views.get(model)?.signature ?? ''} ${signatureOf(model, each)}`),
      () => serviceOpenApi(this.service, views, allowances),
    )
  }
}
