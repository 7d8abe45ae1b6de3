// A random service over the tables: which are models, which rules and options they have, and what its caller may do, together
// with a plain reading of the rules: `holds` says of a row what the filter says to the database.
import type { Table } from 'drizzle-orm'
import { app, model, type FieldAccess, type ModelDefinitions, type Rule, type ServiceOptions } from 'slumberjs/server'
import { columnsOf, type Row, type TableName, type World } from './tables.ts'
import type { Choices } from './world.ts'

type Holds = (row: Row, world: World) => boolean
interface Known {
  readonly rule: Rule
  readonly holds: Holds
}

export const modelNames = {
  team: 'Team',
  author: 'Author',
  post: 'Post',
  comment: 'Comment',
  tag: 'Tag',
  post_tag: 'PostTag',
} as const

type Action = 'read' | 'create' | 'update' | 'delete'
const actions = ['read', 'create', 'update', 'delete'] as const
const permissions = { create: 'add', update: 'change', delete: 'delete' } as const

const everyRow: Known = { rule: true, holds: () => true }
const noRow: Known = { rule: false, holds: () => false }

const related = (world: World, name: TableName, key: unknown, isDeletedHidden: boolean): Row | undefined =>
  world[name].find((row) => row['id'] === key && !(isDeletedHidden && row['gone'] === true))

/** What a program may say of who sees a row; a relation is only asked where its other end is served. */
function rulesOf(name: TableName, served: ReadonlySet<TableName>, softDelete: boolean): readonly Known[] {
  const byKey: Known = { rule: { id: { ne: 2 } }, holds: ({ id }) => id !== 2 }
  const author = (row: Row, world: World): Row | undefined => related(world, 'author', row['authorId'], softDelete)
  const ofRank: Known[] = served.has('author')
    ? [
        { rule: { author: { rank: { gte: 2 } } }, holds: (row, world) => Number(author(row, world)?.['rank']) >= 2 },
        { rule: { not: { author: { name: 'bob' } } }, holds: (row, world) => author(row, world)?.['name'] !== 'bob' },
      ]
    : []
  const all: Readonly<Record<TableName, readonly Known[]>> = {
    team: [byKey, { rule: { name: 'red' }, holds: (row) => row['name'] === 'red' }],
    author: [
      { rule: { rank: { gte: 2 } }, holds: (row) => Number(row['rank']) >= 2 },
      { rule: { email: { ne: 'b@x' } }, holds: (row) => row['email'] !== 'b@x' },
      ...(served.has('team')
        ? [
            {
              rule: { team: { name: 'red' } },
              holds: (row: Row, world: World) => related(world, 'team', row['teamId'], false)?.['name'] === 'red',
            },
          ]
        : []),
      ...(served.has('post')
        ? [
            {
              rule: { posts: { published: true } },
              holds: (row: Row, world: World) =>
                world.post.some((post) => post['authorId'] === row['id'] && post['published'] === true),
            },
          ]
        : []),
    ],
    post: [
      byKey,
      { rule: { published: true }, holds: (row) => row['published'] === true },
      {
        rule: { or: [{ price: { lt: 4 } }, { body: null }] },
        holds: (row) => (row['price'] !== null && Number(row['price']) < 4) || row['body'] === null,
      },
      ...ofRank,
      ...(served.has('comment')
        ? [
            {
              rule: { comments: { text: 'a' } },
              holds: (row: Row, world: World) =>
                world.comment.some((comment) => comment['postId'] === row['id'] && comment['text'] === 'a'),
            },
          ]
        : []),
    ],
    comment: [
      { rule: { text: { ne: 'b' } }, holds: (row) => row['text'] !== 'b' },
      ...(served.has('post')
        ? [
            {
              rule: { post: { published: true } },
              holds: (row: Row, world: World) => related(world, 'post', row['postId'], false)?.['published'] === true,
            },
          ]
        : []),
      ...ofRank,
    ],
    tag: [{ rule: { weight: { lte: 1 } }, holds: (row) => row['weight'] !== null && Number(row['weight']) <= 1 }],
    post_tag: [{ rule: { tagId: { ne: 2 } }, holds: (row) => row['tagId'] !== 2 }],
  }
  return all[name]
}

/** Columns that some setups hide; a name, a rank and the rest are for everybody. */
const hideable: Readonly<Record<TableName, readonly string[]>> = {
  team: [],
  author: ['email', 'rank', 'teamId'],
  post: ['body', 'price', 'published', 'authorId'],
  comment: ['text', 'authorId'],
  tag: ['weight'],
  post_tag: [],
}

export interface Setup {
  readonly options: Partial<ServiceOptions>
  /** The caller's name and permissions, as the tests' scheme takes them. */
  readonly as: string
  /** Of the tables that are models. */
  readonly served: ReadonlySet<TableName>
  /** Columns that the caller may not read, by table. */
  readonly hidden: Readonly<Record<TableName, ReadonlySet<string>>>
  readonly softDelete: boolean
  /** Everything that the caller may see, row by row. */
  seenOf(world: World): Readonly<Record<string, readonly Row[]>>
  /** The same, and what rules let the caller do to it, which they are told by trying. */
  toldOf(world: World): string
  /** Whether the rule of the model lets the caller do this to the row as it is in this world. */
  may(action: Action, name: TableName, row: Row, world: World): boolean
  /** Whether the caller has the permission. */
  mayEver(action: 'create' | 'update' | 'delete', name: TableName): boolean
  /** For the message of a test that fails. */
  readonly said: string
}

// oxlint-disable-next-line eslint/complexity -- each option of a model is a choice of its own
export function makeSetup(tables: Readonly<Record<TableName, Table>>, choices: Choices): Setup {
  const often = (): boolean => choices.below(3) > 0
  const served = new Set<TableName>(['author', 'post'])
  for (const name of ['team', 'comment', 'tag', 'post_tag'] as const) if (often()) served.add(name)
  if (!served.has('tag')) served.delete('post_tag')
  const softDelete = often()
  const isTenanted = often()
  const hasThrough = served.has('tag') && !served.has('post_tag') && often()
  const hidden = {} as Record<TableName, ReadonlySet<string>> // filled below
  const known = {} as Record<TableName, Record<Action, Known>> // filled below
  const models: Record<string, ModelDefinitions[string]> = {}
  for (const [name, columns] of Object.entries(columnsOf) as [TableName, object][]) {
    const rules = [everyRow, everyRow, ...rulesOf(name, served, softDelete), ...(choices.below(4) === 0 ? [noRow] : [])]
    known[name] = {
      read: choices.of(rules),
      create: often() ? everyRow : choices.of(rules),
      update: often() ? everyRow : choices.of(rules),
      delete: often() ? everyRow : choices.of(rules),
    }
    const excluded = isTenanted && 'tenantId' in columns ? ['tenantId'] : []
    const fields: Record<string, FieldAccess> = {}
    for (const column of hideable[name]) {
      const way = choices.below(6)
      // Behind a column that is excluded there is no reference, which a rule could ask for.
      if (way === 0 && !column.endsWith('Id')) excluded.push(column)
      if (way === 1) fields[column] = { read: (user) => user.name === 'admin' }
      if (way === 2) fields[column] = { read: (user) => Promise.resolve(user.name === 'admin') }
    }
    const marked = name === 'author' && softDelete ? ['gone'] : []
    hidden[name] = new Set([...excluded, ...Object.keys(fields), ...marked])
    if (!served.has(name)) continue
    const isAsync = choices.below(2) === 0
    const access = Object.fromEntries(
      actions.map((action) => {
        const { rule } = known[name][action]
        const of = (user: { readonly name: string }): Rule => (user.name === 'admin' ? true : rule)
        return [action, isAsync ? (user: { readonly name: string }) => Promise.resolve(of(user)) : of]
      }),
    )
    const displays = name === 'post_tag' ? [undefined] : ['name', 'title', ...hideable[name]]
    const display = choices.of(displays.filter((each) => each === undefined || each in columns || each === 'name'))
    models[modelNames[name]] = model(tables[name], {
      access,
      ...('tenantId' in columns ? {} : { serviceRule: false }),
      exclude: excluded,
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
      ...(display !== undefined && display in columns && !excluded.includes(display)
        ? { display: display as never }
        : {}),
      ...(marked.length > 0 ? { softDelete: 'gone' } : {}),
      ...(choices.below(2) === 0 ? { bulk: true } : {}),
      ...(choices.below(2) === 0 ? { export: true } : {}),
      ...(choices.below(3) === 0 ? { newestFirst: true } : {}),
      ...(name === 'post' && served.has('comment') && !hidden['post'].has('nothing') ? { owns: ['comments'] } : {}),
      ...(name === 'post' && hasThrough ? { through: { tags: tables.post_tag } } : {}),
    })
  }
  const granted = [...served].flatMap((name) =>
    (['add', 'change', 'delete'] as const)
      .filter(() => choices.below(5) > 0)
      .map((action) => `w.${action}_${modelNames[name].toLowerCase()}`),
  )
  const may: Setup['may'] = (action, name, row, world) => {
    if (isTenanted && 'tenantId' in row && row['tenantId'] !== 1) return false
    if (action === 'read' && softDelete && row['gone'] === true) return false
    return known[name][action].holds(row, world)
  }
  const seenOf = (world: World): Record<string, readonly Row[]> => {
    const seen: Record<string, readonly Row[]> = {}
    for (const name of served) {
      seen[name] = world[name]
        .filter((row) => may('read', name, row, world))
        .map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !hidden[name].has(column))))
    }
    if (hasThrough) {
      const isSeen = (name: TableName, key: unknown): boolean => seen[name]?.some(({ id }) => id === key) === true
      seen['through'] = world.post_tag.filter(({ postId, tagId }) => isSeen('post', postId) && isSeen('tag', tagId))
    }
    return seen
  }
  return {
    options: {
      apps: [app('w', models)],
      ...(isTenanted ? { rule: (user) => (user.name === 'admin' ? true : { tenantId: 1 }) } : {}),
    },
    as: `ann ${granted.join(',')}`,
    served,
    hidden,
    softDelete,
    seenOf,
    toldOf: (world) => {
      const verdicts = [...served].map((name) =>
        world[name]
          .filter((row) => may('read', name, row, world))
          .map((row) => [may('update', name, row, world), may('delete', name, row, world)]),
      )
      return JSON.stringify([seenOf(world), verdicts])
    },
    may,
    mayEver: (action, name) => granted.includes(`w.${permissions[action]}_${modelNames[name].toLowerCase()}`),
    said: JSON.stringify({
      served: [...served],
      softDelete,
      isTenanted,
      hasThrough,
      granted,
      hidden: Object.fromEntries(Object.entries(hidden).map(([name, set]) => [name, [...set]])),
      rules: Object.fromEntries(
        Object.entries(known).map(([name, of]) => [
          name,
          Object.fromEntries(Object.entries(of).map(([action, { rule }]) => [action, rule])),
        ]),
      ),
    }),
  }
}
