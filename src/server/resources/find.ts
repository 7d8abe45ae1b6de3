// One row found by a unique set of fields: `/-/get?slug=alta-moda`. Answers as the row itself would, with `fields` and `expand` as there;
// `Content-Location` names it.

import { OK, Problem, type Answer } from '../../http/index.ts'
import type { Row } from '../models/model.ts'
import type { BuiltInMethods } from '../models/operations.ts'
import { all, never, type Condition } from '../query/condition.ts'
import type { Columns } from '../query/field-rules.ts'
import { conditionOfParameters } from '../query/filter.ts'
import { readFindQuery } from '../query/list-query.ts'
import { searchOf } from '../search-of.ts'
import { RowsResource } from './rows-resource.ts'

const builtIns: BuiltInMethods = { GET: 'get' }

export class FindResource extends RowsResource {
  #where: Condition = never
  #others = new URLSearchParams()
  #row: Row | undefined

  override get builtIns(): BuiltInMethods {
    return builtIns
  }

  override isAllowed(): boolean {
    this.requireView()
    return true
  }

  override async isWellFormed(): Promise<boolean> {
    const { model, rules, exchange } = this
    if (this.isWrite) return true
    const { fields, others, selection } = await readFindQuery(model, exchange, rules)
    this.#mustIdentify(
      fields.map(([name]) => name),
      await rules.columns(model, 'read'),
    )
    this.#where = all([await rules.readable(model), await conditionOfParameters(model, fields, rules)])
    this.selection = selection
    this.#others = others
    return true
  }

  /** The key, or one of the unique sets; exactly that. */
  #mustIdentify(given: readonly string[], columns: Columns): void {
    const { model } = this
    const sets = [model.table.key, ...model.table.unique].filter((set) => set.every((name) => columns.has(name)))
    const isSet = sets.some(
      (set) => set.length === given.length && set.every((name) => given.some((word) => this.#isName(word, name))),
    )
    if (isSet) return
    const allowed = sets.map((set) => set.join(' with ')).join(', or ')
    throw new Problem(400, `A row is found by ${allowed}.`, {
      code: 'invalid-parameter',
      errors: given.map((parameter) => ({ parameter, detail: 'is not by itself, or with the others, unique' })),
    })
  }

  /** `pk` is a name of the key. */
  #isName(word: string, name: string): boolean {
    const { key } = this.model.table
    return word === name || (word === 'pk' && key.length === 1 && key[0] === name)
  }

  override async exists(): Promise<boolean> {
    this.#row = (await this.store.list(this.model, { where: this.#where, sort: [], limit: 1 }))[0]
    if (this.#row === undefined) return false
    await this.show([this.#row])
    return true
  }

  override entityTag(): string | undefined {
    return this.entities[0]?.state
  }

  GET(): Answer {
    if (this.#row === undefined) throw new Problem(404)
    const url = this.model.instanceUrl(this.#row) + searchOf(this.#others)
    return OK(this.entities[0], { 'content-location': url })
  }
}
