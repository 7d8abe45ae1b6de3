// Points, lines, bits, and what PostgreSQL's extensions add: geometries and vectors, each as it is written, read, patched and
// asked for. What an extension brings is tested over PGlite where the server has not got the extension.
import { getTableColumns } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { matrix } from './columns/matrix.ts'
import { createdOn, dialects, type Dialect } from './dialects.ts'
import { nodePostgresAt, postgresJsAt } from './dialects/connect.ts'
import { startPglite, type Extension, type PgliteServer } from './dialects/pglite.ts'
import { askService, base, testScheme, type Answer } from './fixture.ts'

interface Sample {
  /** What comes back as it was sent. */
  readonly kept: readonly unknown[]
  /** Other spellings, and what is read. */
  readonly spellings?: readonly (readonly [sent: unknown, read: unknown])[]
  /** What is 422, and where in it the fault is, unless it is the whole. */
  readonly refused: readonly (readonly [value: unknown, pointer?: string])[]
  readonly operators: readonly string[]
}

const equality = ['eq', 'ne', 'in', 'nin', 'isnull']
const order = ['lt', 'lte', 'gt', 'gte', 'range']

const builtIn = pg.pgTable('thing', {
  id: pg.integer().primaryKey(),
  point: pg.point(),
  place: pg.point({ mode: 'xy' }),
  line: pg.line(),
  edge: pg.line({ mode: 'abc' }),
  bits: pg.bit({ dimensions: 3 }),
  points: pg.point().array(),
  matrix: matrix(),
})

const vectors = pg.pgTable('thing', {
  id: pg.integer().primaryKey(),
  vector: pg.vector({ dimensions: 3 }),
  half: pg.halfvec({ dimensions: 3 }),
  sparse: pg.sparsevec({ dimensions: 3 }),
})

const geometries = pg.pgTable('thing', {
  id: pg.integer().primaryKey(),
  point: pg.geometry({ type: 'point' }),
  place: pg.geometry({ type: 'point', mode: 'xy' }),
  onEarth: pg.geometry('on_earth', { type: 'point', srid: 4326 }),
})

const pairs: Sample = {
  kept: [
    [1, 2],
    [-0.1, 1e300],
  ],
  refused: [[[1]], [[1, 2, 3]], [['1', 2], '/0'], [[1, null], '/1'], [{ x: 1, y: 2 }], ['(1,2)'], [[1, 'NaN'], '/1']],
  operators: ['isnull'],
}
const members: Sample = {
  kept: [
    { x: 1, y: 2 },
    { x: -0.1, y: 1e300 },
  ],
  refused: [[{ x: 1 }], [{ x: 1, y: 2, z: 3 }], [{ x: 1, y: '2' }, '/y'], [[1, 2]], [{ x: 1, y: null }]],
  operators: ['isnull'],
}

const suites: readonly {
  readonly name: string
  readonly extension?: Extension
  readonly table: pg.PgTable
  readonly samples: Readonly<Record<string, Sample>>
}[] = [
  {
    name: 'PostgreSQL itself',
    table: builtIn,
    samples: {
      point: pairs,
      place: members,
      line: { kept: [[1, 2, 3]], refused: [[[0, 0, 1]], [[1, 2]], ['x']], operators: ['isnull'] },
      edge: { kept: [{ a: 1, b: 0, c: -2.5 }], refused: [[{ a: 0, b: 0, c: 1 }], [{ a: 1 }]], operators: ['isnull'] },
      bits: { kept: ['101', '000'], refused: [['10'], ['1010'], ['102'], [5]], operators: [...equality, ...order] },
      points: {
        kept: [[[1, 2]], []],
        refused: [
          [[[1]], '/0'],
          [[1, 2], '/0'],
        ],
        operators: ['isnull'],
      },
      matrix: { kept: [[[1, 2]], [[1], [2]]], refused: [[[1], '/0'], [[[1], [1, 2]]]], operators: equality },
    },
  },
  {
    name: 'pgvector',
    extension: 'vector',
    table: vectors,
    samples: {
      vector: {
        kept: [
          [1, 2, 3],
          [0.1, -1e20, 3.4e38],
        ],
        refused: [
          [[1, 2]],
          [[1, 2, 3, 4]],
          [[1, 2, 0.123456789123], '/2'],
          [[1, 2, 1e39], '/2'],
          [[1, 2, null], '/2'],
          ['[1,2,3]'],
        ],
        operators: equality,
      },
      half: {
        kept: [
          [1, 2, 3],
          [0.099975586, -65504, 5.9604645e-8],
        ],
        refused: [[[1, 2]], [[1, 2, 0.1], '/2'], [[1, 2, 65505], '/2'], [[1, 2049, 2], '/1']],
        operators: equality,
      },
      sparse: {
        kept: ['{}/3', '{1:0.5,3:-2}/3', '{1:1e-05,2:1.2345678e+07}/3'],
        spellings: [
          ['{1:0.50,3:1e5}/3', '{1:0.5,3:100000}/3'],
          ['{01:.5}/03', '{1:0.5}/3'],
          ['{1:12345678}/3', '{1:1.2345678e+07}/3'],
          ['{2:0.00001}/3', '{2:1e-05}/3'],
        ],
        refused: [
          ['{1:1}/4'],
          ['{4:1}/3'],
          ['{0:1}/3'],
          ['{1:0}/3'],
          ['{2:1,1:1}/3'],
          ['{1:1,1:2}/3'],
          ['{1:1..2}/3'],
          ['{1:x}/3'],
          [''],
          [[1]],
        ],
        operators: [...equality, ...order],
      },
    },
  },
  {
    name: 'PostGIS',
    extension: 'postgis',
    table: geometries,
    samples: { point: pairs, place: members, onEarth: pairs },
  },
]

const hasExtension = (name: Extension): boolean => inject('postgresExtensions').includes(name)

let pglite: PgliteServer | undefined
beforeAll(async () => {
  if (inject('hasPglite')) pglite = await startPglite()
})
afterAll(() => pglite?.stop())

/** The same driver, connected to PGlite. */
const onPglite = (dialect: Dialect): Dialect => ({
  ...dialect,
  create: () => pglite!.create(dialect.name === 'postgres.js' ? postgresJsAt : nodePostgresAt),
})

const onPostgres = dialects.filter(({ kind }) => kind === 'pg')
// What neither has is told by setup.ts, which with CI=true is an error.
const there = suites.filter(
  ({ extension }) => extension === undefined || hasExtension(extension) || inject('hasPglite'),
)

describe.each(onPostgres)('$name', (dialect) => {
  describe.each(there)('$name', ({ extension, table, samples }) => {
    const isMissing = extension !== undefined && !hasExtension(extension)
    const before = extension === undefined ? [] : [`CREATE EXTENSION IF NOT EXISTS ${extension}`]
    const created = createdOn(isMissing ? onPglite(dialect) : dialect, [table], before)
    let served: Service
    beforeAll(() => {
      served = service('shapes', {
        url: `${base}/`,
        database: created.database,
        apps: [app('a', { Thing: model(table) })],
        authenticate: [testScheme],
        logger: silentLogger,
      })
    })
    const ask = (method: string, path: string, json?: unknown): Promise<Answer> =>
      askService(served, method, `/a/Thing${path}`, json === undefined ? {} : { json })
    const encoded = (value: unknown): string =>
      encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))

    test('what is taken is read back, and may be sent back', async () => {
      for (const [name, { kept, spellings = [] }] of Object.entries(samples)) {
        const all = [...kept.map((value) => [value, value] as const), ...spellings, [null, null] as const]
        for (const [sent, read] of all) {
          const put = await ask('PUT', '/1', { [name]: sent })
          expect([name, sent, put.status, put.body?.errors]).toEqual([name, sent, put.status, undefined])
          const { body } = await ask('GET', '/1')
          expect([name, body[name]]).toEqual([name, read])
          expect([name, (await ask('PUT', '/1', body)).status]).toEqual([name, 204])
        }
      }
    })

    test('what would not be is 422 with its member', async () => {
      await ask('PUT', '/1', {})
      for (const [name, { refused }] of Object.entries(samples)) {
        for (const [value, pointer = ''] of refused) {
          const { status, body } = await ask('PATCH', '/1', { [name]: value })
          expect([name, value, status, body.errors?.[0]?.pointer]).toEqual([name, value, 422, `#/${name}${pointer}`])
        }
      }
    })

    test('a patch changes one number of several', async () => {
      for (const [name, { kept }] of Object.entries(samples)) {
        const [first] = kept
        const at = Array.isArray(first) ? '0' : typeof first === 'object' && first !== null ? Object.keys(first)[0] : ''
        if (at === '' || at === undefined || Array.isArray((first as readonly unknown[])[0])) continue
        await ask('PUT', '/1', { [name]: first })
        const operations = [{ op: 'replace', path: `/${name}/${at}`, value: 7 }]
        const headers = { 'content-type': 'application/json-patch+json' }
        const { status, body } = await askService(served, 'PATCH', '/a/Thing/1', { json: operations, headers })
        expect([name, status, body[name][at]]).toEqual([name, 200, 7])
      }
    })

    test('the operators that the model document names answer, the others are 400', async () => {
      const { body: document } = await ask('GET', '/-/model')
      const every = [...equality, ...order, 'has', 'contains', 'iexact']
      for (const [name, { kept, operators }] of Object.entries(samples)) {
        expect([name, document.fields[name].operators]).toEqual([name, operators])
        await ask('PUT', '/1', { [name]: kept[0] })
        await ask('PUT', '/2', {})
        for (const operator of every) {
          const value = operator === 'isnull' ? 'false' : operator === 'has' ? '1' : encoded(kept[0])
          const values = operator === 'range' ? [value, value] : [value]
          const { status, body } = await ask(
            'GET',
            `?${values.map((each) => `${name}__${operator}=${each}`).join('&')}`,
          )
          if (!operators.includes(operator)) expect([name, operator, status]).toEqual([name, operator, 400])
          else {
            const expected = ['eq', 'in', 'lte', 'gte', 'range', 'isnull'].includes(operator) ? [1] : expect.any(Array)
            const found = status === 200 ? body.map(({ id }: { id: number }) => id) : body.detail
            expect([name, operator, found]).toEqual([name, operator, expected])
          }
        }
        const sorted = await ask('GET', `?sort=-${name}`)
        expect([name, sorted.status]).toEqual([name, operators.includes('eq') ? 200 : 400])
      }
    })

    test('every representation of a list shows them', async () => {
      const values = Object.entries(samples).map(([name, { kept }]) => [name, kept[0]] as const)
      await ask('PUT', '/1', Object.fromEntries(values))
      for (const format of ['json', 'hal', 'csv', 'xml', 'ndjson', 'html']) {
        expect([format, (await ask('GET', `?format=${format}`)).status]).toEqual([format, 200])
      }
      expect(Object.keys(getTableColumns(table))).toEqual(['id', ...Object.keys(samples)])
    })
  })
})
