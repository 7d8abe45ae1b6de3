// The rows that refer to one row: a list below an instance.

import type { Exchange } from '../../http/index.ts'
import type { DataArray, Model, Row } from '../model.ts'
import { all, type Condition } from '../query/condition.ts'
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

  get listUrl(): string {
    return `${this.#owner.instanceUrl(this.#key)}/${this.#dataArray.name}`
  }

  /** Below a row that may not be read there is nothing. */
  override async exists(): Promise<boolean> {
    this.#ownerRow = await this.store.find(this.#owner, this.#key, await this.rules.readable(this.#owner))
    return this.#ownerRow !== undefined && (await super.exists())
  }

  override restriction(): Condition {
    const { columns, targetColumns } = this.#dataArray.reference
    return all(
      columns.flatMap((name, index): Condition[] => {
        const column = this.model.table.columns.get(name)
        const value = this.#ownerRow?.[targetColumns[index] ?? '']
        return column === undefined ? [] : [{ kind: 'compare', column, operator: 'eq', values: [value] }]
      }),
    )
  }
}
