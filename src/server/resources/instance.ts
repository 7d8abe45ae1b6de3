// One row: read, replaced, patched and deleted, under the rules and the caller's conditions.

import {
  json,
  mergePatchJson,
  NO_CONTENT,
  OK,
  Problem,
  type Answer,
  type Exchange,
  type Representation,
} from '../../http/index.ts'
import { refuseForbiddenCascade } from '../cascades.ts'
import type { Model, Row } from '../model.ts'
import { readFields } from '../query/list-query.ts'
import { readInput } from '../read-input.ts'
import { refuseDangling } from '../references.ts'
import { rowTag } from '../represent.ts'
import type { ServiceState } from '../service-state.ts'
import { RowsResource } from './rows-resource.ts'

const patches: readonly Representation[] = [mergePatchJson, json]

export class InstanceResource extends RowsResource {
  readonly #key: Row
  #row: Row | undefined

  constructor(exchange: Exchange, service: ServiceState, model: Model, key: Row) {
    super(exchange, service, model)
    this.#key = key
  }

  override get acceptsPatch(): readonly Representation[] {
    return patches
  }

  override get createsByPut(): boolean {
    return true
  }

  override isWellFormed(): boolean {
    this.allowParameters('format', ...(this.isWrite ? [] : ['fields']))
    if (!this.isWrite) this.fields = readFields(this.model, this.exchange.url.searchParams.get('fields'))
    return true
  }

  /** PUT needs `add` for a new key and `change` for an existing one, which is asked again once that is known. */
  override isAllowed(): boolean {
    const { model, exchange } = this
    const [add, change] = [model.permission('add'), model.permission('change')]
    if (exchange.method === 'PUT' && !this.caller.can(add)) this.requirePermissions([change])
    if (exchange.method === 'PATCH') this.requirePermissions([change])
    if (exchange.method === 'DELETE') this.requirePermissions([model.permission('delete')])
    return true
  }

  override async exists(): Promise<boolean> {
    const { model, exchange } = this
    this.#row = await this.store.find(model, this.#key, await this.rules.readable(model))
    if (exchange.method === 'PUT') {
      this.requirePermissions([model.permission(this.#row === undefined ? 'add' : 'change')])
    }
    if (this.#row === undefined) return false
    if (this.isWrite) await this.#mustBeUnderRule(exchange.method === 'DELETE' ? 'delete' : 'update', this.#row)
    // A write compares the whole tag only where If-None-Match names one.
    if (!this.isWrite || exchange.headers.has('if-none-match')) await this.show([this.#row])
    return true
  }

  /** A row that may be read but not written is 403. */
  async #mustBeUnderRule(action: 'update' | 'delete', row: Row): Promise<void> {
    if (await this.isUnderRule(action, row)) return
    throw new Problem(403, `You may not ${action} this row.`, { code: 'forbidden' })
  }

  override entityTag(): string | undefined {
    const [shown] = this.entities
    return shown?.state ?? (this.#row && rowTag(this.model, this.#row))
  }

  GET(): unknown {
    return this.entities[0]
  }

  /** No success of PUT has a validator: what was sent is not stored octet by octet (RFC 9110 §9.3.4). */
  async PUT(): Promise<Answer> {
    const [key, stored] = [this.#key, this.#row]
    if (stored === undefined) {
      return await this.create({ ...readInput(this.model, this.data(), { mode: 'create', key }), ...key }, false)
    }
    const row = await this.#write(stored, readInput(this.model, this.data(), { mode: 'replace', key, stored }))
    return this.preferredReturn === 'representation' ? await this.#answer(row, false) : NO_CONTENT()
  }

  async PATCH(): Promise<Answer> {
    const [key, stored] = [this.#key, this.#row]
    if (stored === undefined) throw new Problem(404)
    const row = await this.#write(stored, readInput(this.model, this.data(), { mode: 'merge', key, stored }))
    return this.preferredReturn === 'minimal'
      ? NO_CONTENT(undefined, this.preferenceApplied)
      : await this.#answer(row, true)
  }

  /** The update rule must hold for the row as it was, which `exists` has seen, and as it has become. */
  async #write(stored: Row, values: Row): Promise<Row> {
    await refuseDangling(this.model, values, stored, this.store, this.rules)
    const row = await this.store.update(this.model, this.#key, values)
    if (row === undefined) throw new Problem(409, 'The row is gone.', { code: 'conflict' })
    await this.#mustBeUnderRule('update', row)
    return row
  }

  /** The row as it has become, unless it has left what the caller may see. */
  async #answer(row: Row, withTag: boolean): Promise<Answer> {
    if (!(await this.isUnderRule('read', row))) return NO_CONTENT()
    const [entity] = await this.show([row])
    return OK(entity, { ...this.preferenceApplied, ...(withTag ? { etag: this.tagOf(row) } : {}) })
  }

  async DELETE(): Promise<Answer> {
    await refuseForbiddenCascade(this.model, this.#row ?? this.#key, this.store, this.rules)
    await this.store.delete(this.model, this.#key)
    return NO_CONTENT()
  }
}
