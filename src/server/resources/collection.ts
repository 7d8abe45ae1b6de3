// All rows of a model: the list, POST to create one, and where the model takes lists of rows POST, PATCH and DELETE of many.

import {
  CREATED,
  formatPreferenceApplied,
  hal,
  json,
  NO_CONTENT,
  OK,
  type Answer,
  type Awaitable,
  type ContentLimits,
  type Entity,
  type Representation,
} from '../../http/index.ts'
import { after, pointerTo } from '../../wire/index.ts'
import { invalidContent } from '../writes/invalid-content.ts'
import { showsHidden } from '../idempotency/shown-again.ts'
import type { Row } from '../models/model.ts'
import { always, never, type Condition } from '../query/condition.ts'
import type { Columns } from '../query/field-rules.ts'
import { rowTag } from '../rows/represent.ts'
import { bulkLimits, tooManyItems } from '../writes/bulk-limits.ts'
import { BulkWriter, type Outcome } from '../writes/bulk-writer.ts'
import { readDeleteFilter } from '../writes/delete-filter.ts'
import { isUnshowable } from '../writes/projection.ts'
import type { BuiltInMethods } from '../models/operations.ts'
import { isMadeAlone } from '../writes/made-alone.ts'
import { ListResource } from './list-resource.ts'

const builtIns: BuiltInMethods = {
  GET: 'instances',
  QUERY: 'instances',
  POST: 'create',
  PATCH: 'update',
  DELETE: 'delete',
}

const patches: readonly Representation[] = [json]

const bulkMethods: ReadonlySet<string> = new Set(['PATCH', 'DELETE'])

const actions: Readonly<Record<string, 'add' | 'change' | 'delete'>> = {
  POST: 'add',
  PATCH: 'change',
  DELETE: 'delete',
}

export class CollectionResource extends ListResource {
  readonly #limits = bulkLimits(this.model)
  #selected: Condition = never

  get listUrl(): string {
    return this.model.url
  }

  override get methods(): readonly string[] {
    return super.methods.filter((method) => !bulkMethods.has(method) || this.#takesMany(method))
  }

  /** What stands in the place of a built-in operation is about one row, and must not be passed by. */
  #takesMany(method: string): boolean {
    const builtIn = builtIns[method]
    return this.#limits !== undefined && builtIn !== undefined && !this.model.operations.replaced.has(builtIn)
  }

  /** A list of merge patches is JSON; as a merge patch it would stand for the collection itself. */
  override get acceptsPatch(): readonly Representation[] {
    return patches
  }

  override get contentLimits(): ContentLimits {
    const contentLimits = super.contentLimits
    const takesMany = this.#limits !== undefined && this.isWrite
    return takesMany ? { ...contentLimits, size: this.#limits.octets } : contentLimits
  }

  /** The items of a PATCH carry their tags; many rows that are deleted have none, but `If-Match: *`. */
  override get requiresCondition(): readonly string[] {
    return this.model.options.requiresCondition === true ? ['DELETE'] : []
  }

  override async isWellFormed(): Promise<boolean> {
    if (this.exchange.method !== 'DELETE') return await super.isWellFormed()
    this.#selected = await readDeleteFilter(this.model, this.exchange.parameters, {
      view: this.rules,
      cursors: this.service.cursors,
      listUrl: this.listUrl,
      caller: this.caller.name,
    })
    return true
  }

  override get builtIns(): BuiltInMethods {
    return builtIns
  }

  override isAllowed(): boolean {
    const action = actions[this.exchange.method]
    if (action !== undefined) this.requirePermissions([this.model.permission(action)])
    if (this.exchange.method !== 'POST') this.requireView()
    return true
  }

  /** A row that depends on no other, under rules that ask nothing of it, with no hook to hear of it and no key to be remembered. */
  override isOneStatement(): Awaitable<boolean> {
    const { exchange, service, model, rules } = this
    const isOneRow = exchange.method === 'POST' && isObject(exchange.content)
    const isHeard = service.hasWriteContext || service.begin !== undefined || exchange.firstUse !== undefined
    if (!isOneRow || isHeard || !isMadeAlone(model)) return false
    return after(
      rules.of(model, 'create'),
      (rule) => rule === always && after(rules.readable(model), (readable) => readable === always),
    )
  }

  /**
   * Of a row that the caller may no longer see, only where it is is said again, as of one that they may not see when they make it.
   * Of several under a rule it is only said that it was done. One that is asked for in another representation is shown as it is by now.
   */
  override async replayed(answer: Answer, fields: Headers): Promise<Answer> {
    if (answer.isError) return answer
    const { model, rules } = this
    const again = { 'idempotency-replayed': '?1' }
    const location = fields.get('location') ?? ''
    const begin = `${this.listUrl}/`
    const key = location.startsWith(begin) ? model.parseKey(location.slice(begin.length)) : undefined
    if (key !== undefined && this.isInAnother(fields)) {
      const { entity, headers } = await this.shownNow(key)
      return CREATED(entity, { location, ...again, ...headers })
    }
    const isHidden = key === undefined ? (await rules.readable(model)) !== always : await this.isHidden(key)
    if (!isHidden && !(await showsHidden(answer, model, rules))) return answer
    return key === undefined ? NO_CONTENT(undefined, again) : CREATED(undefined, { location, ...again })
  }

  /** Counted before anything is looked at. */
  override isContentValid(): boolean {
    const { data } = this.exchange
    if (this.#limits === undefined || !this.isWrite || !Array.isArray(data)) return true
    if (data.length > this.#limits.items) throw tooManyItems(this.#limits.items)
    return true
  }

  async POST(): Promise<Answer> {
    const data = this.data()
    if (!Array.isArray(data)) return await this.create(data, true)
    if (this.#limits === undefined) {
      const detail = `must be a JSON object: ${this.model.fullName} takes no lists of rows`
      throw invalidContent([{ pointer: pointerTo([]), detail }])
    }
    return await this.#answer(await this.#bulk.create(data, !this.#isMinimal))
  }

  async PATCH(): Promise<Answer> {
    const data = this.data()
    if (!Array.isArray(data)) throw invalidContent([{ pointer: pointerTo([]), detail: 'must be an array of objects' }])
    return await this.#answer(await this.#bulk.update(data))
  }

  async DELETE(): Promise<Answer> {
    return await this.#answer(await this.#bulk.delete(this.#selected))
  }

  get #bulk(): BulkWriter {
    return new BulkWriter(this.model, this.store, this.rules, this.caller, this.#isStrict)
  }

  get #isStrict(): boolean {
    return this.exchange.preferences.handling === 'strict'
  }

  /** Whether nobody wants to see what has become of the items. */
  get #isMinimal(): boolean {
    return this.#isStrict && this.preferredReturn === 'minimal'
  }

  /** A list of what became of each item, in their order. Where it is all or none, less can be asked for. */
  async #answer(outcomes: readonly Outcome[]): Promise<Answer> {
    const wanted = this.preferredReturn
    const isMinimal = this.#isMinimal
    const applied = formatPreferenceApplied({
      ...(wanted === 'representation' ? { return: wanted } : {}),
      ...(isMinimal ? { return: 'minimal' as const } : {}),
      ...(this.#isStrict ? { handling: 'strict' as const } : {}),
    })
    const headers: Readonly<Record<string, string>> = applied === '' ? {} : { 'preference-applied': applied }
    if (isMinimal) return NO_CONTENT(undefined, headers)
    const shown = await this.#entities(outcomes, wanted === 'representation')
    const columns = await this.rules.columns(this.model, 'read')
    return OK(
      outcomes.map((outcome) => this.#result(outcome, shown, columns)),
      headers,
    )
  }

  /** The rows that the caller may see as they have become. */
  async #entities(outcomes: readonly Outcome[], isWhole: boolean): Promise<ReadonlyMap<Row, Entity | undefined>> {
    const rows: Row[] = []
    for (const { status, row } of outcomes) {
      const isThere = row !== undefined && (status === 200 || status === 201)
      if (isThere && (await this.writer.isUnderRule(this.model, 'read', row))) rows.push(row)
    }
    const entities = isWhole ? await this.#showWritten(rows) : []
    return new Map(rows.map((row, index) => [row, entities[index]] as const))
  }

  /** What cannot be shown has been written all the same. */
  async #showWritten(rows: readonly Row[]): Promise<readonly (Entity | undefined)[]> {
    try {
      return await this.show(rows)
    } catch (error) {
      if (!isUnshowable(error)) throw error
      if (rows.length === 1) return [undefined]
      const shown: (Entity | undefined)[] = []
      for (const row of rows) shown.push(...(await this.#showWritten([row])))
      return shown
    }
  }

  #result(
    outcome: Outcome,
    shown: ReadonlyMap<Row, Entity | undefined>,
    columns: Columns,
  ): Readonly<Record<string, unknown>> {
    const { status, row } = outcome
    const location = row === undefined ? {} : { location: this.model.instanceUrl(row) }
    if ('problem' in outcome) return { status, ...location, problem: outcome.problem.toDocument() }
    if (row === undefined || !shown.has(row)) return { status, ...location }
    const entity = shown.get(row)
    const etag = `"${rowTag(this.model, row, columns)}"`
    return { status, ...location, etag, ...(entity === undefined ? {} : { data: this.#dataOf(entity) }) }
  }

  #dataOf({ data, links, tag }: Entity): Readonly<Record<string, unknown>> {
    return this.exchange.representation === hal ? { _links: links, _etag: tag, ...data } : data
  }
}

/** As far as its first octet tells: what stands behind it is read later, and refused where it is no JSON. */
function isObject(content: Uint8Array = new Uint8Array()): boolean {
  return content.find((octet) => octet > 0x20) === 0x7b
}
