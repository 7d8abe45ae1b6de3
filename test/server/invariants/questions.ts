// What is asked of a random service: every method, parameters of lists, trees, selections, formats, conditions and contents.
import * as fc from 'fast-check'
import type { Asked } from '../fixture.ts'
import { columnsOf, type TableName } from './tables.ts'
import { modelNames, type Setup } from './setup.ts'

export interface Question {
  readonly method: string
  readonly path: string
  readonly asked: Asked
}

const some = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items)

const relations: Readonly<Record<TableName, readonly string[]>> = {
  team: ['authors', 'authors.posts'],
  author: ['team', 'posts', 'comments', 'posts.comments', 'posts.tags'],
  post: ['author', 'comments', 'tags', 'postTags', 'author.team', 'comments.author', 'author.posts', 'postTags.tag'],
  comment: ['post', 'author', 'post.author', 'author.team'],
  tag: ['posts', 'postTags', 'posts.author', 'posts.comments'],
  post_tag: ['post', 'tag', 'post.author'],
}

/** What is compared with a column. */
const operandsOf = (column: string): readonly string[] => {
  if (/^(?:id|pk|rank|price|weight|\w+Id)$/.test(column)) return ['1', '2', '3', '5']
  if (/^(?:gone|published)$/.test(column)) return ['true', 'false']
  return ['a', 'b', 'ann', 'bob', 'a@x', 'red', 'one', 'long', '']
}

const everyColumn = [...new Set(['id', 'pk', ...Object.values(columnsOf).flatMap((columns) => Object.keys(columns))])]
const values = some('1', '2', '3', 'a', 'b', 'ann', 'bob', 'a@x', 'red', 'one', 'long', 'true', 'false', '')
const plain = some<unknown>(1, 2, 3, 5, 'a', 'b', 'ann', 'bob', 'red', 'one', 'new', 'long', 'hot', true, false, null)
const operator = some('', '', '__ne', '__gt', '__lte', '__in', '__isnull', '__contains', '__istartswith')

/** Which most setups hide. */
const rarelySeen: ReadonlySet<string> = new Set(['tenantId', 'gone'])

interface Shape {
  readonly column: fc.Arbitrary<string>
  readonly relation: fc.Arbitrary<string>
  /** A column, or one behind a relation. */
  readonly name: fc.Arbitrary<string>
}

function shapeOf(table: TableName): Shape {
  const column = fc.oneof(
    { weight: 12, arbitrary: some('id', ...Object.keys(columnsOf[table]).filter((name) => !rarelySeen.has(name))) },
    { weight: 1, arbitrary: some(...everyColumn) },
  )
  const relation = some(...relations[table])
  const last = fc.oneof({ weight: 2, arbitrary: some('id', 'name', 'title', 'text') }, some(...everyColumn))
  const along = fc.tuple(relation, last).map(([path, end]) => `${path}.${end}`)
  return { column, relation, name: fc.oneof({ weight: 3, arbitrary: column }, { weight: 2, arbitrary: along }) }
}

/** A parameter that is a filter: right in most cases. */
const comparison = (name: fc.Arbitrary<string>): fc.Arbitrary<readonly [string, string]> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(name, some('', '', '__ne', '__gte', '__in'), fc.nat(8)).map(([path, how, at]) => {
        const operands = operandsOf(path.split('.').at(-1) ?? '')
        return [operands.includes('true') ? path : path + how, operands[at % operands.length] ?? ''] as const
      }),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(name, operator, values).map(([path, how, value]) => [path + how, value] as const),
    },
  )

function tree({ column, relation }: Shape): fc.Arbitrary<Record<string, unknown>> {
  const single = (name: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> =>
    fc.tuple(name, value).map(([key, each]) => ({ [key]: each }))
  const right = fc.tuple(column, fc.nat(8), some(true, false)).map(([name, at, isEqual]) => {
    const operands = operandsOf(name)
    const operand = operands[at % operands.length] ?? ''
    const value: unknown = /^(?:\d|true|false)/.test(operand) ? JSON.parse(operand) : operand
    return { [name]: isEqual ? value : { ne: value } }
  })
  const odd = fc.oneof(plain, single(some('ne', 'gt', 'lte'), plain), single(some('in'), fc.array(plain)))
  return fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      { weight: 4, arbitrary: right },
      single(column, odd),
      single(
        relation.map((path) => path.split('.')[0] ?? ''),
        fc.oneof(single(some('id', 'pk'), some(1, 2, 3)), single(some(...everyColumn), odd)),
      ),
      single(some('and', 'or'), fc.array(tie('tree'), { minLength: 1, maxLength: 2 })),
      single(some('not'), tie('tree')),
    ),
  })).tree
}

function parameter(shape: Shape): fc.Arbitrary<readonly [string, string]> {
  const { name, relation, column } = shape
  const first = relation.map((path) => path.split('.')[0] ?? '')
  return fc.oneof(
    { weight: 4, arbitrary: comparison(name) },
    {
      weight: 2,
      arbitrary: fc.tuple(
        some('sort'),
        fc.tuple(some('', '-'), name).map((each) => each.join('')),
      ),
    },
    { weight: 1, arbitrary: fc.tuple(some('fields'), fc.array(column, { minLength: 1, maxLength: 3 }).map(String)) },
    { weight: 3, arbitrary: fc.tuple(some('expand'), fc.array(relation, { minLength: 1, maxLength: 2 }).map(String)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(first, some('sort', 'limit', 'fields', ...everyColumn), values)
        .map(([path, rest, value]) => [`with.${path}.${rest}`, value] as const),
    },
    { weight: 2, arbitrary: fc.tuple(some('limit'), some('1', '2', 'all')) },
    { weight: 1, arbitrary: fc.tuple(some('offset'), some('1', '2')) },
    {
      weight: 2,
      arbitrary: fc.tuple(
        some('where'),
        tree(shape).map((each) => JSON.stringify(each)),
      ),
    },
  )
}

const written = (list: readonly (readonly [string, string])[]): string =>
  String(new URLSearchParams(list.map(([name, value]) => [name, value])))

const searches = (shape: Shape): fc.Arbitrary<string> => fc.array(parameter(shape), { maxLength: 2 }).map(written)

const formats = some(
  'application/json',
  'application/hal+json',
  'application/json',
  'application/hal+json',
  'application/json',
  'application/hal+json',
  'text/csv',
  'application/x-ndjson',
  'application/xml',
  'text/html',
)
const conditions = fc.oneof(
  { weight: 4, arbitrary: some<Record<string, string>>({}) },
  {
    weight: 1,
    arbitrary: some<Record<string, string>>({ 'if-none-match': '*' }, { 'if-match': '"x"' }, { range: 'bytes=0-3' }),
  },
)
const key = some('1', '2', '3', '4', '5', '6', '7')

const models = some(...(Object.keys(modelNames) as TableName[]))
const urlOf = (table: TableName): string => `/w/${modelNames[table]}`

/** What only reads. */
export const reading: fc.Arbitrary<Question> = models.chain((table) => {
  const shape = shapeOf(table)
  const url = urlOf(table)
  const one = table === 'post_tag' ? fc.tuple(key, key).map((both) => both.join(',')) : key
  const member = some(...relations[table].map((path) => path.split('.')[0] ?? ''), 'nothing')
  const place = fc.oneof(
    { weight: 5, arbitrary: searches(shape).map((search) => `${url}?${search}`) },
    { weight: 3, arbitrary: fc.tuple(one, searches(shape)).map(([id, search]) => `${url}/${id}?${search}`) },
    { weight: 2, arbitrary: fc.tuple(one, some(url)).map(([id]) => `${url}/${id}`) },
    {
      weight: 3,
      arbitrary: fc.tuple(one, member, searches(shape)).map(([id, name, search]) => `${url}/${id}/${name}?${search}`),
    },
    { weight: 1, arbitrary: fc.tuple(shape.column, values).map(([name, value]) => `${url}/-/get?${name}=${value}`) },
    { weight: 1, arbitrary: some('model', 'schema', 'nothing').map((name) => `${url}/-/${name}`) },
    { weight: 1, arbitrary: some('/', '/w/', '/-/contract', '/-/openapi.json') },
  )
  const asked = fc.tuple(formats, conditions, some('count=exact', 'return=minimal')).map(([accept, more, prefer]) => ({
    accept,
    prefer,
    ...more,
  }))
  const query = fc
    .tuple(searches(shape), tree(shape), some(true, false), asked)
    .map(([search, json, isTwin, headers]) => ({
      method: isTwin ? 'POST' : 'QUERY',
      path: `${url}${isTwin ? '/-/query' : ''}?${search}`,
      asked: { json, headers },
    }))
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(some('GET', 'GET', 'GET', 'HEAD', 'OPTIONS'), place, asked)
        .map(([method, path, headers]) => ({ method, path, asked: { headers } })),
    },
    { weight: 2, arbitrary: query },
  )
})

const stored = (table: TableName): fc.Arbitrary<Record<string, unknown>> => {
  const columns = Object.entries(columnsOf[table]).map(([column, kinds]): [string, fc.Arbitrary<unknown>] => [
    column,
    typeof kinds === 'string' ? some<unknown>(1, 2, 3, 4, 5, 9, null) : some<unknown>(...kinds),
  ])
  const right = fc.record(Object.fromEntries(columns), { requiredKeys: [], noNullPrototype: true })
  return fc
    .tuple(right, fc.dictionary(some(...everyColumn, 'nothing'), plain, { maxKeys: 1 }), some(true, false, false))
    .map(([row, odd, isOdd]) => ({ ...row, ...(isOdd ? odd : {}) }))
}

const needed: Readonly<Record<TableName, Record<string, unknown>>> = {
  team: { name: 'new' },
  author: { name: 'new' },
  post: { title: 'new' },
  comment: { postId: 1 },
  tag: { name: 'new' },
  post_tag: { postId: 1, tagId: 1 },
}

/** What may write. */
export const writing: fc.Arbitrary<Question> = models.chain((table) => {
  const url = urlOf(table)
  const shape = shapeOf(table)
  const comment = fc
    .tuple(stored('comment'), fc.option(some(1, 2, 3, 4, 9)))
    .map(([row, id]) => ({ ...row, postId: undefined, ...(id === null ? {} : { id }) }))
  const lines = fc.option(fc.array(comment, { maxLength: 3 }), { freq: 1 })
  const content = fc
    .tuple(stored(table), lines)
    .map(([row, comments]) => (table === 'post' && comments !== null ? { ...row, comments } : row))
  const whole = content.map((row) => ({ ...needed[table], ...row }))
  const item = fc.tuple(content, some(1, 2, 3, 4, 5, 9)).map(([row, id]) => ({ ...row, id }))
  const one = table === 'post_tag' ? fc.tuple(key, key).map((both) => both.join(',')) : key
  const headers = fc
    .tuple(
      some<Record<string, string>>(
        {},
        {},
        {},
        {},
        {},
        { 'if-match': '*' },
        { 'if-match': '"x"' },
        { 'if-none-match': '*' },
      ),
      some<Record<string, string>>({}, {}, { prefer: 'return=representation' }, { prefer: 'handling=strict' }),
      some('application/json', 'application/hal+json'),
    )
    .map(([condition, prefer, accept]) => ({ ...condition, ...prefer, accept }))
  const operation = fc.record(
    {
      op: some('add', 'replace', 'remove', 'test', 'copy', 'move'),
      path: shape.column.map((name) => `/${name}`),
      from: shape.column.map((name) => `/${name}`),
      value: plain,
    },
    { noNullPrototype: true },
  )
  const made = fc.oneof(
    { weight: 3, arbitrary: whole.map((json) => ['POST', url, json] as const) },
    { weight: 2, arbitrary: fc.array(whole, { maxLength: 3 }).map((json) => ['POST', url, json] as const) },
    { weight: 2, arbitrary: fc.array(item, { maxLength: 3 }).map((json) => ['PATCH', url, json] as const) },
    { weight: 3, arbitrary: fc.tuple(one, content).map(([id, json]) => ['PATCH', `${url}/${id}`, json] as const) },
    { weight: 3, arbitrary: fc.tuple(one, whole).map(([id, json]) => ['PUT', `${url}/${id}`, json] as const) },
    { weight: 3, arbitrary: one.map((id) => ['DELETE', `${url}/${id}`, undefined] as const) },
    {
      weight: 2,
      arbitrary: comparison(shape.name).map((filter) => ['DELETE', `${url}?${written([filter])}`, undefined] as const),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(one, some('posts', 'comments', 'tags', 'authors'), whole)
        .map(([id, name, json]) => ['POST', `${url}/${id}/${name}`, json] as const),
    },
  )
  const patched = fc
    .tuple(one, fc.array(operation, { minLength: 1, maxLength: 2 }), headers)
    .map(([id, json, more]): Question => {
      return {
        method: 'PATCH',
        path: `${url}/${id}`,
        asked: { json, headers: { ...more, 'content-type': 'application/json-patch+json' } },
      }
    })
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(made, headers).map(([[method, path, json], more]): Question => {
        return { method, path, asked: { headers: more, ...(json === undefined ? {} : { json }) } }
      }),
    },
    { weight: 1, arbitrary: patched },
  )
})

/** The question without members that the caller does not know, in what it sends; nothing of a model that is not there. */
export function fitted(question: Question, { served, hidden }: Setup): Question | undefined {
  const table = (Object.keys(modelNames) as TableName[]).find((name) => question.path.startsWith(urlOf(name)))
  if (table === undefined || !served.has(table)) return undefined
  const unknown = new Set([...hidden[table], ...(served.has('comment') ? hidden['comment'] : ['comments'])])
  const { json } = question.asked
  if (json === undefined || question.method === 'QUERY' || question.path.includes('/-/')) return question
  const known = JSON.parse(
    JSON.stringify(json, (name, value: unknown) => (name !== '' && unknown.has(name) ? undefined : value)),
  ) as unknown
  return { ...question, asked: { ...question.asked, json: known } }
}
