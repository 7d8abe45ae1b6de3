// What a write will do to a row and to the rows it owns: all of its content is read before anything is written.

import { ValueFault, pointerTo, type Fault } from '../../wire/index.ts'
import { Problem, type Awaitable } from '../../http/index.ts'
import { invalidContent, maxFaults } from './invalid-content.ts'
import type { DataArray, Model, Row } from '../models/model.ts'
import { all, membersOf } from '../query/condition.ts'
import type { Rules } from '../query/rules.ts'
import { creating, readInput, type Input, type InputTarget } from './read-input.ts'
import type { Store } from '../store/store.ts'
import type { Path } from './problem-at.ts'
import { projectionOf, type Projection } from './projection.ts'

/** Rows of one data array in one write. */
const maxOwned = 1_000

export interface Plan {
  /** Whether the values are a program's, which may give those of every column. */
  readonly isOfProgram?: boolean
  readonly model: Model
  /** The row that is changed; a new one without. */
  readonly stored: Row | undefined
  readonly values: Row
  readonly owned: readonly OwnedPlan[]
  /** Where it stands in the content. */
  readonly path: Path
}

/** The rows of a data array as they are to be: these and no others. */
export interface OwnedPlan {
  readonly dataArray: DataArray
  readonly removed: readonly Row[]
  readonly kept: readonly Plan[]
}

/** What the caller may do with a model, and what the service gives its new rows. */
interface Known {
  readonly projection: Projection
  readonly presets: Row
  readonly creating: InputTarget
}

type Target = Omit<InputTarget, 'projection' | 'presets'>

/** Of models that have no field rules, where nothing is given: the same for everybody. */
const knownForAll = new WeakMap<Model, Known>()

const none: Row = {}
const noneOwned: readonly OwnedPlan[] = []

/** Reads content for one caller. */
export class Planner {
  readonly #store: Store
  readonly #rules: Rules
  readonly #faults: Fault[] = []
  readonly #hints = new Set<string>()
  /** Of each model, asked for once. */
  readonly #known = new Map<Model, Known>()

  constructor(store: Store, rules: Rules) {
    this.#store = store
    this.#rules = rules
  }

  /** The plan, which is good only where `check` does not throw; at once where nothing has to be asked for it. */
  read(model: Model, json: unknown, target: Target, path: Path = []): Awaitable<Plan> {
    const known = this.#known.get(model)
    if (known === undefined) return this.#ask(model).then((found) => this.#read(model, json, target, path, found))
    return this.#read(model, json, target, path, known)
  }

  #read(model: Model, json: unknown, target: Target, path: Path, known: Known): Awaitable<Plan> {
    const { projection, presets } = known
    const { mode, stored, key, owner } = target
    const isNew = stored === undefined
    const isPlain = mode === 'create' && key === undefined && owner === undefined // of which there may be many
    // What the service gives its new rows need not be given again where one is replaced, either.
    const asked = isPlain ? known.creating : { mode, key, owner, stored, projection, presets }
    const { faults, hint, values: read, owned } = readInput(model, json, asked, path)
    if (faults.length > 0) this.#add(faults)
    if (hint !== undefined) this.#hints.add(hint)
    const isMore = isNew && (presets !== none || key !== undefined || owner !== undefined)
    const values = isMore ? { ...presets, ...read, ...key, ...(owner && defined(owner)) } : read
    const plan: Plan = { model, stored, values, owned: noneOwned, path }
    return owned.size === 0 ? plan : this.#withOwned(plan, owned)
  }

  async #withOwned(plan: Plan, given: Input['owned']): Promise<Plan> {
    const { model, stored, values, path } = plan
    const owned: OwnedPlan[] = []
    for (const [name, rows] of given) {
      const dataArray = model.dataArrays.get(name)
      if (dataArray !== undefined) {
        owned.push(await this.#readOwned(dataArray, rows, stored, { ...stored, ...values }, [...path, name]))
      }
    }
    return { ...plan, owned }
  }

  async #ask(model: Model): Promise<Known> {
    const given = await this.#rules.presets(model)
    const presets = Object.keys(given).length === 0 ? none : given
    const isSame = presets === none && model.options.fields === undefined
    const known = (isSame ? knownForAll.get(model) : undefined) ?? (await this.#find(model, presets))
    if (isSame) knownForAll.set(model, known)
    this.#known.set(model, known)
    return known
  }

  async #find(model: Model, presets: Row): Promise<Known> {
    const projection = await projectionOf(model, this.#rules)
    return { projection, presets, creating: creating(model, projection, presets) }
  }

  /** @throws Problem 422 with the first faults of all that was read. */
  check(): void {
    if (this.#faults.length > 0) throw invalidContent(this.#faults, [...this.#hints].join('; ') || undefined)
  }

  #add(faults: readonly Fault[]): void {
    this.#faults.push(...faults.slice(0, maxFaults + 1 - this.#faults.length))
  }

  /** Rows are told apart by their keys: those that are there are replaced, new ones made, the rest removed. */
  async #readOwned(
    dataArray: DataArray,
    rows: readonly unknown[],
    stored: Row | undefined,
    known: Row,
    path: Path,
  ): Promise<OwnedPlan> {
    const { source } = dataArray
    if (rows.length > maxOwned) throw tooManyOwned(path)
    const owner = ownerOf(dataArray, known)
    const present = new Map<string, Row>()
    for (const row of stored === undefined ? [] : await this.#present(dataArray, stored, path)) {
      present.set(source.keySegment(row), row)
    }
    const kept: Plan[] = []
    const seen = new Set<string>()
    for (const [index, json] of rows.entries()) {
      const at = [...path, index]
      const segment = segmentOf(source, json, owner)
      if (segment !== undefined && seen.has(segment)) {
        this.#add([{ pointer: pointerTo(at), detail: 'has the key of another row of this list' }])
      }
      if (segment !== undefined) seen.add(segment)
      const found = segment === undefined ? undefined : present.get(segment)
      const there = found && (await this.#store.find(source, found, await this.#rules.readable(source), true))
      const target =
        there === undefined
          ? ({ mode: 'create', owner } as const)
          : ({ mode: 'replace', owner, stored: there, key: keyOf(source, there) } as const)
      kept.push(await this.read(source, json, target, at))
    }
    return { dataArray, kept, removed: [...present].filter(([segment]) => !seen.has(segment)).map(([, row]) => row) }
  }

  /** Rows that the caller may not see are not theirs to remove: they stay. */
  async #present({ source, ...dataArray }: DataArray, owner: Row, path: Path): Promise<readonly Row[]> {
    const { readable } = this.#rules
    const where = all([await readable(source), await membersOf({ source, ...dataArray }, owner, readable)])
    const rows = await this.#store.list(source, { where, sort: [], limit: maxOwned + 1 })
    if (rows.length > maxOwned) throw tooManyOwned(path)
    return rows
  }
}

function tooManyOwned(path: Path): Problem {
  const detail = `At most ${maxOwned} rows can be written with the row that they belong to.`
  return new Problem(422, detail, { code: 'too-many-items', errors: [{ pointer: pointerTo(path), detail }] })
}

/** The columns that tie a row to its owner, as far as their values are known. */
export function ownerOf({ reference }: DataArray, owner: Row): Row {
  const { columns = [], targetColumns = [] } = reference ?? {}
  return Object.fromEntries(columns.map((name, index) => [name, owner[targetColumns[index] ?? '']] as const))
}

function defined(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))
}

function keyOf(model: Model, row: Row): Row {
  return Object.fromEntries(model.table.key.map((name) => [name, row[name]] as const))
}

/** The key that content gives itself, as a path segment; undefined where it gives none, or one that `readInput` refuses. */
function segmentOf(model: Model, json: unknown, owner: Row): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const given = new Map<string, unknown>(Object.entries(json))
  const key: Record<string, unknown> = {}
  for (const name of model.table.key) {
    const column = model.columns.get(name)
    const isGiven = given.has(name) && given.get(name) !== null
    if (column === undefined || (!isGiven && owner[name] === undefined)) return undefined
    try {
      key[name] = isGiven ? model.accept(column, given.get(name)) : owner[name]
    } catch (error) {
      if (error instanceof ValueFault) return undefined
      throw error
    }
  }
  return model.keySegment(key)
}
