// docs/server.md, docs/writes.md and docs/tables.md are true: their commands get the answers they show, and their tables are those of the program.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { basic } from 'slumberjs/auth'
import { app, service, type Service } from 'slumberjs/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ourMenu } from '../../examples/server/configured.ts'
import { outbox } from '../../examples/server/orders.ts'
import { pizzeria } from '../../examples/server/pizzeria.ts'
import { firstRows } from '../../examples/server/schema.ts'
import { tenants } from '../../examples/server/tenants.ts'
import { limits } from '../../src/server/query/limits.ts'
import { builtIns } from '../../src/server/models/operations.ts'
import { codecs, listParameters, operators } from '../../src/wire/index.ts'
import { requestOf, transcriptsOf } from '../http/documented.ts'

const root = new URL('../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')
const page = read('docs/server.md')
const folder = mkdtempSync(join(tmpdir(), 'slumber-documentation-'))
const url = 'http://localhost:8000/slumber/pizzas/'

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A text in which `…` stands for anything in one line. */
function shown(text: string): RegExp {
  const escaped = text.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('…', '[^\\n]*')}$`)
}

function ask(target: Service, command: string): Promise<Response> {
  const signed = command.replace(/-u (\S+)/, (_, user: string) => `-H 'Authorization: Basic ${btoa(user)}'`)
  const { path, init } = requestOf(signed)
  return target.fetch(new Request(`http://localhost:8000${path}`, init))
}

describe.each(['docs/server.md', 'docs/writes.md', 'docs/tables.md'])('the commands of %s', (file) => {
  const transcripts = [...transcriptsOf(read(file)).values()].flat()
  let target: Service | undefined

  beforeAll(async () => {
    target = await pizzeria(join(folder, `${file.replaceAll('/', '-')}.db`), url)
  })

  test.each(transcripts)('$command', async ({ command, expected }) => {
    const response = await ask(target!, command)
    const text = (await response.text()).trimEnd().replaceAll('\r\n', '\n')
    const [status = '', ...lines] = expected
    const end = lines.includes('') ? lines.indexOf('') : lines.length
    expect([`HTTP/1.1 ${response.status}`, text]).toEqual([status.slice(0, 12), expect.anything()])
    for (const line of lines.slice(0, end)) {
      const [name = '', value = ''] = line.split(/: (.*)/)
      expect(`${name}: ${response.headers.get(name)}`).toMatch(shown(`${name}: ${value}`))
    }
    if (end < lines.length) expect(text).toMatch(shown(lines.slice(end + 1).join('\n')))
  })

  test('there are some', () => expect(transcripts.length).toBeGreaterThan(2))
})

test('what is committed is told', () => {
  expect(outbox).toEqual(['create B1', 'update B1'])
})

/** The rows of the table whose first heading is this one, as their cells; backquotes are left out. */
function tableOf(heading: string, of = page): readonly (readonly string[])[] {
  const [, table = ''] = of.split(`\n| ${heading} |`)
  const lines = table.slice(0, table.indexOf('\n\n')).split('\n').slice(2)
  return lines.map((line) => {
    const cells = line.slice(1, -1).split(/(?<!\\)\|/)
    return cells.map((cell) => cell.replaceAll('`', '').trim())
  })
}

/** The members of an interface, as its source says them. */
function membersOf(file: string, name: string): readonly string[] {
  const [, body = ''] = read(file).split(new RegExp(`export interface ${name}\\b[^{]*\\{\\n`))
  return [...body.slice(0, body.indexOf('\n}')).matchAll(/^ {2}(?:readonly )?(\w+)[?(:<]/gm)].map(
    ([, each = '']) => each,
  )
}

test.each([
  ['option of a service', 'src/server/service-options.ts', 'ServiceOptions', []],
  ['option of a model', 'src/server/definition/define.ts', 'ModelOptions', []],
  ['option of a handler', 'src/server/definition/define-operation.ts', 'OperationHandler', []],
  ['given to run', 'src/server/definition/define-operation.ts', 'OperationContext', []],
  ['option of a place', 'src/server/definition/define-operation.ts', 'OperationPlace', ['public']],
])('the table "%s" has all of them', (heading, file, name, more) => {
  const members = membersOf(file, name)
  expect(members.length).toBeGreaterThan(1)
  const rows = tableOf(heading.replace('run', '`run`')).map(([first]) => first)
  expect(new Set(rows)).toEqual(new Set([...members, ...more]))
})

test('the table of limits has all of them, with their values', () => {
  const told = (value: number): string => value.toLocaleString('en')
  const rows = Object.entries(limits).map(([name, value]) => [
    name,
    typeof value === 'number' ? told(value) : `${told(value.standard)}, at most ${told(value.largest)}`,
  ])
  expect(tableOf('limit').map(([name, value]) => [name, value])).toEqual(rows)
})

test('the tables of the query language have all operators and parameters', () => {
  const named = tableOf('operators').flatMap(([cell = '']) => cell.split(', '))
  expect(new Set(named)).toEqual(new Set(operators))
  const words = tableOf('parameter').map(([cell = '']) => cell)
  for (const parameter of listParameters) expect(words.join(' ')).toContain(`${parameter}=`)
})

test('the table of columns has every type of value but references to other services', () => {
  const types = tableOf('columns', read('docs/tables.md')).map(([, type]) => type)
  expect(new Set([...types, 'reference'])).toEqual(new Set(Object.keys(codecs)))
})

test('every built-in operation is named', () => {
  const [, sentence = ''] = /^Built in are (.*)$/m.exec(page) ?? []
  for (const name of Object.keys(builtIns)) expect(sentence).toContain(`\`${name}\``)
})

test('every example is on a page', () => {
  const pages = ['server', 'writes', 'tables'].map((name) => read(`docs/${name}.md`)).join('')
  const missing = readdirSync(new URL('examples/server/', root)).filter(
    (file) => !pages.includes(`examples/server/${file}`),
  )
  expect(missing).toEqual([])
})

/** Everybody is who they say they are. */
const believing = [
  basic(async (name) => ({ name, superuser: name === 'ada', permissions: ['notes.add_note', 'notes.change_note'] })),
]

test('an app of others is as it was configured', async () => {
  const client = createClient({ url: `file:${join(folder, 'configured.db')}` })
  await client.executeMultiple(firstRows)
  const ours = service(null, {
    url,
    database: drizzle(client),
    apps: [ourMenu, app('empty', {})],
    authenticate: believing,
  })
  const at = (path: string, rest = ''): Promise<Response> => ask(ours, `curl -i -u ada:x ${rest} '${url}${path}'`)
  expect(await (await at('menu/Pizza/1')).json()).toMatchObject({ price: 7.5 })
  expect(await (await at('menu/Pizza/1')).json()).not.toHaveProperty('cost')
  expect(await (await at('today/monday')).json()).toEqual({ day: 'monday', pizza: 'Margherita' })
  const statuses = [await at('menu/Pizza/1/quote'), await at('menu/Topping/bas', '-X DELETE')].map(
    ({ status }) => status,
  )
  expect(statuses).toEqual([404, 405])
})

test('tenants have their own rows, and may use the same titles', async () => {
  const client = createClient({ url: `file:${join(folder, 'tenants.db')}` })
  await client.execute(
    'create table note (id integer primary key, tenant text not null, title text not null, unique (tenant, title))',
  )
  const notes = tenants({ url, database: drizzle(client), authenticate: believing })
  const list = `${url}notes/Note`
  for (const user of ['eve@north', 'tom@south']) {
    const made = await ask(notes, `curl -i -u ${user}:x --json '{"title":"Same"}' ${list}`)
    expect(made.status).toBe(201)
  }
  expect(await (await ask(notes, `curl -i -u tom@south:x ${list}`)).json()).toEqual([{ id: 2, title: 'Same' }])
  expect((await ask(notes, `curl -i -u tom@south:x ${list}/1`)).status).toBe(404)
})
