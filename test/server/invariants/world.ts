// What is stored, as plain values, and changes of it; who may see what of it is decided here a second time, without SQL.
import type { Setup } from './setup.ts'
import { columnsOf, nullable, tableNames, type Row, type TableName, type World } from './tables.ts'

/** One choice after the other, as random as the number that it begins with. */
export class Choices {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** An integer from 0, below this (Mulberry32). */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T // which is below the length, of lists that are never empty
  }
}

/** Keys go from 1 to this. */
const highest = 5

export function makeWorld(choices: Choices): World {
  let world: World = { team: [], author: [], post: [], comment: [], tag: [], post_tag: [] }
  for (const name of tableNames) {
    for (let id = 1; id <= highest; id += 1) {
      if (choices.below(5) === 0) continue
      const row = randomRow(name, id, world, choices)
      world = changed(world, name, (rows) => rows.concat(row))
    }
  }
  return without(world)
}

/** Duplicates of unique values go, with what refers to them. */
function without(world: World): World {
  const unique = (rows: readonly Row[], of: (row: Row) => unknown): readonly Row[] =>
    rows.filter((row, index) => rows.findIndex((each) => of(each) === of(row)) === index)
  const post = unique(world.post, ({ title }) => title)
  const pairs = unique(world.post_tag, ({ postId, tagId }) => `${String(postId)} ${String(tagId)}`)
  const held = ({ postId }: Row): boolean => post.some(({ id }) => id === postId)
  const hasEnds = (row: Row): boolean => held(row) && world.tag.some(({ id }) => id === row['tagId'])
  return { ...world, post, comment: world.comment.filter(held), post_tag: inOrder(pairs.filter(hasEnds)) }
}

function randomRow(name: TableName, id: number, world: World, choices: Choices): Row {
  const columns = Object.entries(columnsOf[name]).map(([column, values]): [string, Row[string]] => {
    if (typeof values !== 'string') return [column, choices.of(values)]
    const keys = world[values].map((row) => row['id'] ?? null)
    return [column, choices.of(nullable.has(`${name}.${column}`) ? [null, ...keys] : keys.length === 0 ? [0] : keys)]
  })
  return Object.fromEntries(name === 'post_tag' ? columns : [['id', id], ...columns])
}

const changed = (world: World, name: TableName, change: (rows: readonly Row[]) => readonly Row[]): World => ({
  ...world,
  [name]: change(world[name]),
})

/** Whether a database would take it: unique values are, and what is referred to is there. */
function isSound(world: World): boolean {
  const isUnique = (values: readonly unknown[]): boolean => new Set(values).size === values.length
  return (
    isUnique(world.post.map(({ title }) => title)) &&
    isUnique(world.post_tag.map(({ postId, tagId }) => `${String(postId)} ${String(tagId)}`)) &&
    tableNames.every((name) =>
      Object.entries(columnsOf[name]).every(
        ([column, values]) =>
          typeof values !== 'string' ||
          world[name].every((row) => {
            const key = row[column]
            return key === null ? nullable.has(`${name}.${column}`) : world[values].some(({ id }) => id === key)
          }),
      ),
    )
  )
}

/** Other rows and columns where the caller does not see them, and the same where they do. */
export function otherwise(world: World, setup: Setup, choices: Choices): World {
  const seen = setup.toldOf(world)
  let now = world
  for (let round = 0; round < 60; round += 1) {
    const next = edited(now, choices)
    if (isSound(next) && setup.toldOf(next) === seen) now = next
  }
  return now
}

function edited(world: World, choices: Choices): World {
  const name = choices.of(tableNames)
  const rows = world[name]
  const at = choices.below(rows.length + 1)
  const row = rows[at]
  if (row === undefined) {
    const free = [1, 2, 3, 4, 5, 6, 7].filter((key) => rows.every(({ id }) => id !== key))
    if (free.length === 0) return world
    const made = randomRow(name, choices.of(free), world, choices)
    return changed(world, name, (all) => inOrder([...all, made]))
  }
  if (choices.below(6) === 0) return changed(world, name, (all) => all.filter((each) => each !== row))
  const column = choices.of(Object.keys(columnsOf[name]))
  const value = randomRow(name, 0, world, choices)[column] ?? null
  return changed(world, name, (all) => inOrder(all.map((each) => (each === row ? { ...row, [column]: value } : each))))
}

export const inOrder = (rows: readonly Row[]): readonly Row[] => rows.toSorted((a, b) => placeOf(a) - placeOf(b))

const placeOf = ({ id, postId, tagId }: Row): number => Number(id ?? Number(postId) * 100 + Number(tagId))
