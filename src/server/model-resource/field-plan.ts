// The members of a representation, settled when its resource is mounted: every name is one that exists, and no two are the same.

import { unknownOption, type KnownOptions } from '../../wire/index.ts'
import type { Model } from '../models/model.ts'
import type { FieldOptions, Fields, RelatedFields, RelatedOptions } from './field-options.ts'
import { isRelated, type Member, type RelatedMember, type SelectedRows } from './member.ts'
import { fieldsOf, setNames, setOf } from './model-fields.ts'
import { readSort } from './sort.ts'

/** Selections inside each other, the outermost included; what default resources add on the way ends there, too. */
export const maxDepth = 4

/** Members that HAL gives a meaning. */
const reserved: readonly string[] = ['_links', '_embedded', '_problems', '_etag']

const fieldOptions: KnownOptions<FieldOptions> = {
  include: true,
  exclude: true,
  rename: true,
  computed: true,
  related: true,
}
const relatedOptions: KnownOptions<RelatedOptions> = { ...fieldOptions, limit: true, sort: true }

/**
 * @param where whose fields they are, for messages.
 * @throws TypeError for an option or a name that does not exist, with those that do; for two members of one name; beyond four levels.
 */
export function planFields(model: Model, fields: Fields | undefined, where: string): readonly Member[] {
  refuseWrong(fields, fieldOptions, where, 'fields')
  return new FieldPlan(model, optionsOf(fields), where, 1).members()
}

class FieldPlan {
  readonly #model: Model
  readonly #options: FieldOptions
  readonly #where: string
  readonly #depth: number
  readonly #known: ReadonlyMap<string, Member>

  constructor(model: Model, options: FieldOptions, where: string, depth: number) {
    this.#model = model
    this.#options = options
    this.#where = where
    this.#depth = depth
    if (depth > maxDepth) throw this.#fault(`fields are selected in at most ${maxDepth} levels`)
    this.#known = this.#withComputed(fieldsOf(model))
  }

  members(): readonly Member[] {
    const { include = ['own'], exclude = [], rename = {}, related = {}, computed = {} } = this.#options
    for (const name of Object.keys(rename)) {
      if (!this.#known.has(name)) throw this.#fault(`rename names "${name}", which is ${this.#whyNot(name)}`)
    }
    for (const name of Object.keys(related)) this.#mustBeRelation(name)
    const excluded = new Set(exclude.flatMap((name) => this.#expand(name)))
    const included = include.flatMap((name) => this.#expand(name))
    const names = new Set([...included, ...Object.keys(related), ...Object.keys(computed)])
    const members = [...names].filter((name) => !excluded.has(name)).flatMap((name) => this.#member(name))
    this.#refuseNames(members.map(({ as }) => as))
    return members
  }

  #withComputed(fields: Map<string, Member>): ReadonlyMap<string, Member> {
    for (const [name, compute] of Object.entries(this.#options.computed ?? {})) {
      if (fields.has(name)) {
        const hint = `exclude that, give this one another name, and rename it: { rename: { …: "${name}" } }`
        throw this.#fault(`"${name}" is computed, and a field of ${this.#model.fullName}; ${hint}`)
      }
      fields.set(name, { kind: 'computed', name, as: name, compute })
    }
    return fields
  }

  /** The names that a name stands for: itself, or those of a set. */
  #expand(name: string): readonly string[] {
    const names = this.#known.has(name) ? [name] : setOf(this.#model, name)
    if (names !== undefined) return names
    const there = `${[...this.#known.keys()].join(', ')}; and ${setNames.join(', ')}`
    throw this.#fault(`"${name}" is ${this.#whyNot(name)}; there are: ${there}`)
  }

  #member(name: string): readonly Member[] {
    const { rename = {}, related = {} } = this.#options
    const member = this.#known.get(name)
    if (member === undefined) return [] // of the key, which is always known
    const as = Object.hasOwn(rename, name) ? (rename[name] ?? name) : name
    const own = Object.hasOwn(related, name) ? related[name] : undefined
    if (!isRelated(member) || own === undefined) return [{ ...member, as }]
    return [{ ...member, as, selected: this.#select(member, own) }]
  }

  #select({ name, kind, target }: RelatedMember, own: RelatedFields): SelectedRows {
    refuseWrong(own, relatedOptions, this.#where, `related.${name}`)
    const where = `${this.#where}, "${name}"`
    const { limit, sort = [], ...fields }: RelatedOptions = optionsOf(own)
    if (kind === 'reference' && (limit !== undefined || sort.length > 0)) {
      throw new TypeError(`${where}: a reference leads to one row, and has no limit or sort.`)
    }
    if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
      throw new TypeError(`${where}: limit is how many rows are shown, at least 1: ${limit}.`)
    }
    // Without a word about fields the rows look as by default, and there are only so many.
    const isSelected = isList(own) || Object.keys(fields).length > 0
    const members = isSelected ? new FieldPlan(target, fields, where, this.#depth + 1).members() : undefined
    return { limit, sort: readSort(target, sort, where), members }
  }

  #mustBeRelation(name: string): void {
    if (isRelated(this.#known.get(name))) return
    const there = setOf(this.#model, 'relations')?.join(', ') ?? ''
    throw this.#fault(`related names "${name}", which is no relation of ${this.#model.fullName}; there are: ${there}`)
  }

  #refuseNames(shown: readonly string[]): void {
    const twice = shown.find((name, index) => shown.indexOf(name) !== index)
    if (twice !== undefined) throw this.#fault(`two fields would be shown as "${twice}"; rename or exclude one`)
    const taken = shown.find((name) => reserved.includes(name))
    if (taken !== undefined) throw this.#fault(`a field cannot be shown as "${taken}", which HAL gives a meaning`)
  }

  #whyNot(name: string): string {
    const { table, fullName } = this.#model
    return table.columns.has(name) ? `hidden by ${fullName}` : `no field of ${fullName}`
  }

  #fault(message: string): TypeError {
    return new TypeError(`${this.#where}: ${message}.`)
  }
}

function refuseWrong(given: unknown, known: object, where: string, what: string): void {
  if (given === undefined || Array.isArray(given)) return
  const wrong =
    typeof given === 'object' && given !== null
      ? unknownOption(given, known, what)
      : `${what} must be a list of names, or an object: { ${Object.keys(known).join(', ')} }`
  if (wrong !== undefined) throw new TypeError(`${where}: ${wrong}.`)
}

function optionsOf(fields: RelatedFields | undefined): RelatedOptions {
  if (fields === undefined) return {}
  return isList(fields) ? { include: fields } : fields
}

/** `Array.isArray` does not say so of readonly ones. */
function isList(fields: RelatedFields): fields is readonly string[] {
  return Array.isArray(fields)
}
