// The rows that refer to one row: a list below an instance.

import type { Exchange } from '../../http/index.ts'
import type { DataArray, Model, Row } from '../models/model.ts'
import { membersOf, never, type Condition } from '../query/condition.ts'
import type { ServiceState } from '../service-state.ts'
import { ListResource } from './list-resource.ts'

export class DataArrayResource extends ListResource {
  readonly #owner: Model
  readonly #key: Row
  readonly #dataArray: DataArray
  #ownerRow: Row | undefined

  constructor(exchange: Exchange, service: ServiceState, owner: Model, key: Row, dataArray: DataArray) {
    super(exchange, service, dataArray.source)
    this.#owner = owner
    this.#key = key
    this.#dataArray = dataArray
  }

  override get allowsAnonymous(): boolean {
    return super.allowsAnonymous && this.#owner.options.public === true
  }

  override isAllowed(): boolean {
    this.requireView()
    return true
  }

  get listUrl(): string {
    return `${this.#owner.instanceUrl(this.#key)}/${this.#dataArray.name}`
  }

  /** Below a row that may not be read there is nothing, nor under a name that the caller may not know. */
  override async exists(): Promise<boolean> {
    const known = await this.rules.dataArrays(this.#owner)
    if (!known.has(this.#dataArray.name)) return false
    this.#ownerRow = await this.store.find(this.#owner, this.#key, await this.rules.readable(this.#owner))
    return this.#ownerRow !== undefined && (await super.exists())
  }

  override restriction(): Promise<Condition> {
    const row = this.#ownerRow
    return row === undefined ? Promise.resolve(never) : membersOf(this.#dataArray, row, this.rules.readable)
  }
}
