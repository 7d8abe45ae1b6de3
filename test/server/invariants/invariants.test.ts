// The invariants of SECURITY.md, over random models, data, callers and requests. `npm run fuzz` is the long run.
// oxlint-disable vitest/valid-expect -- vitest takes a message; here it says the service and the request that failed
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dialects } from '../dialects.ts'
import { seed } from '../../seed.ts'
import { askService } from '../fixture.ts'
import { fitted, reading, writing, type Question } from './questions.ts'
import { ask, observed, servingRandoms } from './serving.ts'
import { makeSetup, modelNames, type Setup } from './setup.ts'
import { tableNames, type Row, type TableName, type World } from './tables.ts'
import { Choices, inOrder, makeWorld, otherwise } from './world.ts'

const runs = process.env['FUZZ_RUNS']
/** How many cases of each property on SQLite; a quarter of it on PostgreSQL. A case is a service, its rows and many requests. */
const tries = runs === undefined ? 20 : Math.max(20, Number(runs) / 20)
const timeout = 120_000 + tries * 5_000

const tested = dialects.filter(({ name }) => name === 'libsql' || name === 'node-postgres')

const cases = fc.record({ setting: fc.nat(), storing: fc.nat(), changing: fc.nat() }, { noNullPrototype: true })

const writings = fc.array(writing, { minLength: 10, maxLength: 16 })

/** Most of them as such a caller would ask, the others as they are. */
function fitting(asked: readonly Question[], setup: Setup): readonly Question[] {
  return asked.flatMap((question, index) => (index % 6 === 5 ? question : (fitted(question, setup) ?? [])))
}

describe.each(tested)('$name', (dialect) => {
  const randoms = servingRandoms(dialect)
  // Nothing is shrunk: each case is a database of its own, and small as it is.
  const settings = { seed, numRuns: dialect.kind === 'pg' ? tries / 4 : tries, endOnFailure: true }
  const made = ({ setting, storing }: { readonly setting: number; readonly storing: number }) => {
    return {
      setup: makeSetup(randoms.tables, new Choices(setting)),
      world: makeWorld(new Choices(storing)),
    }
  }

  test(
    'a list holds the rows and the columns that the rules say, and nothing else',
    async () => {
      await fc.assert(
        fc.asyncProperty(cases, async (given) => {
          const { setup, world } = made(given)
          const served = randoms.make(setup)
          await randoms.fill(world)
          const seen = setup.seenOf(world)
          for (const name of setup.served) {
            const { status, body, text } = await askService(served, 'GET', `/w/${modelNames[name]}?limit=1000`, setup)
            if (status !== 200) throw new Error(`${text}\n${setup.said}`)
            const rows = inOrder(body as Row[])
            expect(rows, setup.said).toEqual(seen[name])
          }
        }),
        settings,
      )
    },
    timeout,
  )

  test(
    'what the caller may not see changes no octet of an answer',
    async () => {
      let [differing, changing, answered] = [0, 0, 0]
      await fc.assert(
        fc.asyncProperty(
          cases,
          fc.array(reading, { minLength: 20, maxLength: 24 }),
          writings,
          async (given, reads, writes) => {
            const { setup, world } = made(given)
            const asked = fitting(reads, setup)
            const changes = fitting(writes, setup).slice(0, 4)
            const other = otherwise(world, setup, new Choices(given.changing))
            if (JSON.stringify(world) !== JSON.stringify(other)) differing += 1
            const served = randoms.make(setup)
            const answers = async (stored: World): Promise<unknown[]> => {
              await randoms.fill(stored)
              const all: unknown[] = []
              for (const question of asked) all.push(await repeated(question))
              for (const question of changes) all.push(await written(question))
              return all
            }
            /** The answer, and that to the same question with its tag. */
            const repeated = async (question: Question): Promise<unknown> => {
              const first = await ask(served, question, setup.as)
              if (first.status === 200) answered += 1
              const tag = first.headers.get('etag')
              const next = /<([^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1]
              const again = tag === null ? undefined : await ask(served, question, setup.as, { 'if-none-match': tag })
              const page = next === undefined ? undefined : await ask(served, { ...question, path: next }, setup.as)
              return [question, ...[first, again, page].map((each) => each && observed(each))]
            }
            const written = async (question: Question): Promise<unknown> => {
              const answer = await ask(served, question, setup.as)
              if (answer.status < 300) changing += 1
              // A key or a unique value that is taken, what refers to a row, and a rule of writes tell of others: docs/server.md.
              const isTold = /"status":(?:403|409)/.test(answer.text)
              return isTold ? 'a refusal' : [question, observed(answer)]
            }
            const [one, two] = [await answers(world), await answers(other)]
            for (const [index, each] of one.entries()) {
              if (each === 'a refusal' || two[index] === 'a refusal') break // what is stored is not the same from here on
              expect(two[index], setup.said).toEqual(each)
            }
          },
        ),
        settings,
      )
      expect(differing).toBeGreaterThan(0)
      expect(changing).toBeGreaterThan(0)
      expect(answered).toBeGreaterThan(settings.numRuns)
    },
    timeout,
  )

  test(
    'a name that is hidden is answered as one that is nobody’s',
    async () => {
      await fc.assert(
        fc.asyncProperty(cases, async (given) => {
          const { setup, world } = made(given)
          const served = randoms.make(setup)
          await randoms.fill(world)
          for (const [table, names] of Object.entries(setup.hidden) as [TableName, ReadonlySet<string>][]) {
            if (!setup.served.has(table)) continue
            const url = `/w/${modelNames[table]}`
            const relations = [...names].filter((name) => name.endsWith('Id') && name !== 'tenantId').map(withoutId)
            for (const hidden of [...names, ...relations]) {
              const unknown = 'q'.repeat(hidden.length)
              for (const naming of namings) {
                const told = async (name: string): Promise<unknown> => {
                  const question = naming(url, name)
                  const answer = await ask(served, question, setup.as)
                  return JSON.parse(
                    JSON.stringify(observed(answer)).replaceAll(
                      new RegExp(`(?<![A-Za-z])${name}(?![A-Za-z])`, 'g'),
                      unknown,
                    ),
                  )
                }
                const said = `${JSON.stringify(naming(url, hidden))}\n${setup.said}`
                expect(await told(hidden), said).toEqual(await told(unknown))
              }
            }
          }
          for (const name of tableNames.filter((each) => !setup.served.has(each))) {
            const told = async (model: string): Promise<unknown> => {
              const answers = []
              for (const path of [`/w/${model}`, `/w/${model}/1`, `/w/${model}/-/model`]) {
                for (const method of ['GET', 'OPTIONS', 'DELETE']) {
                  answers.push(observed(await ask(served, { method, path, asked: {} }, setup.as)))
                }
              }
              return JSON.parse(JSON.stringify(answers).replaceAll(model, 'Q'))
            }
            expect(await told(modelNames[name]), setup.said).toEqual(await told('Qqqq'))
          }
        }),
        { ...settings, numRuns: Math.ceil(settings.numRuns / 5) },
      )
    },
    timeout,
  )

  test(
    'a write changes what its caller may write and nothing else, and a refused one nothing',
    async () => {
      const statuses = new Set<number>()
      await fc.assert(
        fc.asyncProperty(cases, writings, async (given, all) => {
          const { setup, world } = made(given)
          const asked = fitting(all, setup)
          const served = randoms.make(setup)
          await randoms.fill(world)
          let before = await randoms.stored()
          expect(before).toEqual(world)
          for (const question of asked) {
            const { status, text } = await ask(served, question, setup.as)
            statuses.add(status)
            const after = await randoms.stored()
            const said = `${JSON.stringify(question)}\n${status} ${text}\n${setup.said}`
            if (status >= 400) expect(after, said).toEqual(before)
            else expectAllowed(setup, before, after, question, said)
            before = after
          }
        }),
        settings,
      )
      expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 403, 404]))
    },
    timeout,
  )
})

const withoutId = (column: string): string => column.slice(0, -'Id'.length)

const get = (path: string): Question => ({ method: 'GET', path, asked: {} })
const patch = (path: string, json: unknown, type = 'application/json'): Question => ({
  method: 'PATCH',
  path,
  asked: { json, headers: { 'content-type': type } },
})

/** Requests that say a name of a model. */
const namings: readonly ((url: string, name: string) => Question)[] = [
  (url, name) => get(`${url}?${name}=1`),
  (url, name) => get(`${url}?${name}__isnull=true`),
  (url, name) => get(`${url}?${name}.id=1`),
  (url, name) => get(`${url}?sort=${name}`),
  (url, name) => get(`${url}?sort=-${name}.id`),
  (url, name) => get(`${url}?fields=id,${name}`),
  (url, name) => get(`${url}?expand=${name}`),
  (url, name) => get(`${url}?expand=${name}&with.${name}.fields=id`),
  (url, name) => get(`${url}?where=${encodeURIComponent(JSON.stringify({ not: { [name]: null } }))}`),
  (url, name) => get(`${url}/1?fields=${name}`),
  (url, name) => get(`${url}/1/${name}`),
  (url, name) => get(`${url}/-/get?${name}=1`),
  (url, name) => get(`${url}/-/${name}`),
  (url, name) => ({ method: 'QUERY', path: url, asked: { json: { or: [{ [name]: 1 }] } } }),
  (url, name) => ({ method: 'POST', path: url, asked: { json: { [name]: 1 } } }),
  (url, name) => ({ method: 'POST', path: url, asked: { json: [{ [name]: 1 }] } }),
  (url, name) => ({ method: 'PUT', path: `${url}/1`, asked: { json: { [name]: 1 } } }),
  (url, name) => ({ method: 'DELETE', path: `${url}?${name}=1`, asked: {} }),
  (url, name) => patch(`${url}/1`, { [name]: null }),
  (url, name) => patch(url, [{ id: 1, [name]: null }]),
  ...['add', 'remove', 'replace', 'test'].map(
    (op) => (url: string, name: string) =>
      patch(`${url}/1`, [{ op, path: `/${name}`, value: null }], 'application/json-patch+json'),
  ),
  (url, name) => patch(`${url}/1`, [{ op: 'copy', from: `/${name}`, path: '/name' }], 'application/json-patch+json'),
]

/** What a write has changed are rows that the rules let this caller change, and columns that they may write. */
function expectAllowed(setup: Setup, before: World, after: World, question: Question, said: string): void {
  const keyOf = (row: Row): string => JSON.stringify(row['id'] ?? [row['postId'], row['tagId']])
  for (const name of tableNames) {
    const was = new Map(before[name].map((row) => [keyOf(row), row]))
    const is = new Map(after[name].map((row) => [keyOf(row), row]))
    for (const [key, row] of was) {
      const now = is.get(key)
      if (JSON.stringify(now) === JSON.stringify(row)) continue
      const what = `${name} ${key} became ${JSON.stringify(now)}\n${said}`
      if (!setup.served.has(name)) {
        expect([now, ['post_tag', 'comment'].includes(name)], what).toEqual([undefined, true]) // which go with their posts
        continue
      }
      expect(setup.may('read', name, row, before), what).toBe(true)
      const isMark = name === 'author' && row['gone'] === false && now?.['gone'] === true && setup.softDelete
      const action = now === undefined || isMark ? 'delete' : 'update'
      expect(setup.may(action, name, row, before), what).toBe(true)
      const isOwn = question.path.startsWith(`/w/${modelNames[name]}`)
      if (action === 'update' || isOwn) expect(setup.mayEver(action, name), what).toBe(true)
      if (action !== 'update' || now === undefined) continue
      expect(setup.may('update', name, now, after), what).toBe(true)
      for (const column of setup.hidden[name]) expect(now[column], what).toBe(row[column])
    }
    for (const [key, row] of is) {
      if (was.has(key)) continue
      const what = `${name} ${key} was made\n${said}`
      expect(setup.served.has(name), what).toBe(true)
      expect(setup.mayEver('create', name), what).toBe(true)
      expect(setup.may('create', name, row, after), what).toBe(true)
    }
  }
}
