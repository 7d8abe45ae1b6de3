// `slumber types` for two real services: the text it writes, which stands beside this file, and that TypeScript takes right use and no other.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { basic } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { declarations } from '../../src/cli/declarations.ts'
import { readContracts } from '../../src/cli/read-contracts.ts'
import type { DescribedService } from '../../src/cli/type-names.ts'
import type { ModelDocument } from '../../src/wire/index.ts'
import { fixture } from '../client/fixture/client.ts'
import { mysqlService, postgresService } from './dialects.ts'

const here = fixture()
const root = fileURLToPath(new URL('../../', import.meta.url))

const read = (): Promise<readonly DescribedService[]> =>
  readContracts(here.system.directoryUrl, { authenticate: basic('guest', 'guest-demo'), transport: here.transport })

describe('the declarations of two services', () => {
  test('are those in services.ts (after a change that is meant: vitest run test/types -u)', async () => {
    await expect(declarations(await read())).toMatchFileSnapshot('services.ts')
  })

  test('over PostgreSQL and MySQL are those in dialect-services.ts', async () => {
    const services = await readContracts('http://services.test/postgres/', {
      authenticate: basic('reader', ''),
      transport: (request) =>
        (request.url.startsWith(mysqlService.url) ? mysqlService : postgresService).fetch(request),
    })
    await expect(declarations(services)).toMatchFileSnapshot('dialect-services.ts')
  })

  test('need one request for the directory and one for each service, however many names it has', async () => {
    await read()
    expect(here.requests).toEqual(['GET /', 'GET /pizzas/-/contract', 'GET /atlas/-/contract'])
  })

  test('are the same for the same services', async () => {
    expect(declarations(await read())).toBe(declarations(await read()))
  })

  test('name no machine', async () => {
    expect(declarations(await read())).not.toMatch(/https?:/)
  })

  test(
    'TypeScript takes right use, and refuses what each @ts-expect-error stands above',
    { timeout: 120_000 },
    async () => {
      const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', `file://${root}`))
      const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', 'test/types/tsconfig.json'], {
        cwd: root,
      })
      expect(stdout).toBe('')
    },
  )
})

describe('readContracts', () => {
  const answering = (answers: Readonly<Record<string, unknown>>): Promise<readonly DescribedService[]> =>
    readContracts('http://h/', { transport: async (request) => Response.json(answers[request.url] ?? {}) })

  test('reads a service that stands alone', async () => {
    const contract = { service: null, url: 'http://h/', apps: {} }
    const document = { name: null, services: {}, apps: {}, configuration: {}, user: null }
    expect(await answering({ 'http://h/': document, 'http://h/-/contract': contract })).toEqual([
      { names: [], contract },
    ])
  })

  test('puts the name that a service uses itself first, and keeps the order of services', async () => {
    const contract = (service: string): object => ({ service, url: 'http://h/', apps: {} })
    const services = { auth: 'http://h/a/', accounting: 'http://h/a/', atlas: 'http://h/b/' }
    const described = await answering({
      'http://h/': { services },
      'http://h/a/-/contract': contract('accounting'),
      'http://h/b/-/contract': contract('atlas'),
    })
    expect(described.map(({ names }) => names)).toEqual([['accounting', 'auth'], ['atlas']])
  })

  test('says it of a contract whose models are none', async () => {
    const services = { pizzas: 'http://h/p/' }
    const contract = { service: 'pizzas', url: 'http://h/p/', apps: { menu: { models: { Pizza: {} } } } }
    await expect(answering({ 'http://h/': { services }, 'http://h/p/-/contract': contract })).rejects.toThrow(
      'service "pizzas" has no contract at http://h/p/-/contract.',
    )
  })

  test('names the service that has no contract', async () => {
    const services = { pizzas: 'http://h/p' }
    await expect(answering({ 'http://h/': { services } })).rejects.toThrow(
      'service "pizzas" has no contract at http://h/p/-/contract.',
    )
  })
})

describe('a service that stands alone', () => {
  const alone = (models: Readonly<Record<string, ModelDocument>>): DescribedService => ({
    names: [],
    contract: { service: null, url: 'http://h/', apps: { menu: { models } } },
  })

  test('has its apps at the top', () => {
    expect(declarations([alone({ Pizza: modelOf('Pizza') })])).toContain(`export interface Services {
  readonly menu: {
    readonly Pizza: MenuPizzaModel
  }
}`)
  })

  test('no name stands for two things, whatever the models are called', () => {
    const names = ['Pizza', 'PizzaData', 'Pizza_', 'Pizza__']
    const text = declarations([alone(Object.fromEntries(names.map((name) => [name, modelOf(name)])))])
    const declared = [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name)
    expect(new Set(declared).size).toBe(declared.length)
    expect(declared).toContain('MenuPizza2')
  })

  test('a model called like a type of the client gets another name', () => {
    const service: DescribedService = {
      names: [],
      contract: {
        service: null,
        url: 'http://h/',
        apps: { text: { models: { Comparison: modelOf('Comparison', 'text') } } },
      },
    }
    expect(declarations([service])).toContain('export interface TextComparison2 extends InstanceMembers')
  })

  test('what a service says cannot become code: names are quoted, comments do not end early', () => {
    const field = { ...plain, label: '*/ export const evil = 1 /*' }
    const model = { ...modelOf('Pizza'), fields: { "a'; evil": field, 'b-c': { ...plain, choices: ["'\n"] } } }
    const text = declarations([alone({ Pizza: model })])
    expect(text).toContain(`readonly 'a\\'; evil': string`)
    expect(text).toContain(`readonly 'b-c': '\\'\\n'`)
    expect(text.replaceAll(/\/\*\*.*\*\/$/gm, '')).not.toContain('export const')
  })

  test('operations take and answer what their schemas say; what types cannot say is unknown', () => {
    const input = {
      type: 'object',
      properties: {
        size: { enum: ['s', "it's", 1, null] },
        lines: { type: 'array', items: { anyOf: [{ type: 'integer' }, { $ref: '#/$defs/Line' }] } },
        'a-b': { type: ['boolean', 'null'] },
        rest: { type: 'object', additionalProperties: { type: 'string' } },
        all: { allOf: [{ type: 'string' }] },
        other: { $ref: 'http://h/schema' },
      },
      required: ['size', 'lines'],
      $defs: { Line: { type: 'object', properties: { next: { $ref: '#/$defs/Line' }, of: { const: 'x' } } } },
    }
    const operations = {
      model: {
        find: {
          href: '',
          methods: ['GET'],
          parameters: { GET: [{ name: 'q', required: false, schema: { type: 'string' } }] },
        },
      },
      instance: {
        order: { href: '', methods: ['PUT', 'POST'], input: { POST: input }, output: { POST: { type: 'integer' } } },
      },
    }
    const text = declarations([alone({ Pizza: { ...modelOf('Pizza'), operations } })])
    expect(text).toContain(`  order(input: {
    readonly size: 's' | 'it\\'s' | 1 | null
    readonly lines: readonly (number | { readonly next?: unknown; readonly of?: 'x' })[]
    readonly 'a-b'?: boolean | null
    readonly rest?: Readonly<Record<string, string>>
    readonly all?: unknown
    readonly other?: unknown
  }): Promise<number>
`)
    expect(text).toContain(`  find(input?: { readonly q?: string }): Promise<unknown>\n`)
  })

  test('operations take the further parts of their path in the same object, and nothing where they take nothing', () => {
    const q = { name: 'q', required: false, schema: { type: 'string' } }
    const content = { anyOf: [{ type: 'object', properties: { a: { const: 1 } } }, { type: 'null' }] }
    const operations = {
      model: {
        of: { href: 'http://h/-/of/{genre}{/year}', methods: ['GET'], parameters: { GET: [q] } },
        since: { href: 'http://h/-/since{/year}', methods: ['GET'] },
        stats: { href: 'http://h/-/stats', methods: ['GET'] },
      },
      instance: {
        file: { href: 'http://h/{+pk}/file/{+path}', methods: ['POST'], input: { POST: content } },
        close: { href: 'http://h/{+pk}/close', methods: ['POST'] },
      },
    }
    const text = declarations([alone({ Pizza: { ...modelOf('Pizza'), operations } })])
    expect([...text.matchAll(/^ {2}\w+\(.*$/gm)].map(([line]) => line.trim())).toEqual([
      'file(input: { readonly path: string | number } & ({ readonly a?: 1 } | null)): Promise<unknown>',
      'close(): Promise<unknown>',
      'of(input: { readonly genre: string | number; readonly year?: string | number; readonly q?: string }): Promise<unknown>',
      'since(input?: { readonly year?: string | number }): Promise<unknown>',
      'stats(): Promise<unknown>',
    ])
  })

  test('a schema whose definitions double with each step is unknown, soon', () => {
    const twice = (of: number): object => ({ anyOf: [{ $ref: `#/$defs/a${of}` }, { $ref: `#/$defs/a${of}` }] })
    const steps = Array.from({ length: 60 }, (_, step): [string, object] => [`a${step}`, twice(step + 1)])
    const input = { ...twice(0), $defs: { ...Object.fromEntries(steps), a60: { type: 'string' } } }
    const operations = { model: {}, instance: { x: { href: '', methods: ['POST'], input: { POST: input } } } }
    const text = declarations([alone({ Pizza: { ...modelOf('Pizza'), operations } })])
    expect(text).toContain('  x(input: unknown): Promise<unknown>')
  })

  test('a field that some callers may not read may be missing', () => {
    const fields = { id: plain, price: { ...plain, optional: true } } as const
    const text = declarations([alone({ Pizza: { ...modelOf('Pizza'), fields } })])
    const parts = text.split('\nexport ').filter((part) => part.includes('readonly price?: string\n'))
    expect(parts.map((part) => /^\w+ (\w+)/.exec(part)?.[1])).toEqual([
      'MenuPizza',
      'MenuPizzaData',
      'MenuPizzaChanges',
    ])
  })

  test('a filter asks what is in a list, and has groups unless their words name fields', () => {
    const tags = { ...plain, type: 'array', items: { type: 'integer' }, operators: ['isnull', 'has'] } as const
    const text = declarations([alone({ Pizza: { ...modelOf('Pizza'), fields: { tags, or: plain } } })])
    expect(text).toContain(
      `export interface MenuPizzaFilter<_Allowed = 'tags' | 'or'> {\n  readonly tags?: ItemComparison<number>\n`,
    )
    expect(text).not.toContain('FilterGroups')
  })

  test('rows that a row owns need their key, where the database makes none, but not their owner, and may own rows themselves', () => {
    const owning = (name: string, of: string): ModelDocument['dataArrays'] => ({
      [name]: { model: `http://h/menu/${of}`, href: '', owned: ['up'] },
    })
    const fields = { id: { ...plain, label: 'id' }, up: plain, text: { ...plain, label: 'text' } }
    const text = declarations([
      alone({
        Menu: { ...modelOf('Menu'), dataArrays: owning('courses', 'Course') },
        Course: { ...modelOf('Course'), fields, dataArrays: owning('dishes', 'Dish') },
        Dish: { ...modelOf('Dish'), fields, dataArrays: owning('away', 'Nowhere') },
      }),
    ])
    expect(text).toContain(`export interface MenuMenuCoursesCreate<_Allowed = 'id' | 'text' | 'dishes'> {
  /** The key. */
  readonly id: string
  readonly text: string
  readonly dishes?: readonly MenuCourseDishesCreate[]
}`)
    expect(text).toContain(`export interface MenuCourseDishesCreate<_Allowed = 'id' | 'text'> {
  /** The key. */
  readonly id: string
  readonly text: string
}`)
  })

  test('a type of a later version is unknown, a reference to a model elsewhere untyped', () => {
    const later = { ...plain, type: 'moment' as 'string' } // what a later server may say
    const model = {
      ...modelOf('Pizza'),
      fields: { time: later },
      references: { shop: { field: 'shop', model: 'http://x/Shop', nullable: true } },
    }
    const text = declarations([alone({ Pizza: model })])
    expect(text).toContain('readonly time: unknown')
    expect(text).toContain('readonly shop: Reference<UntypedInstance> | null')
  })
})

const plain = {
  kind: 'value',
  type: 'string',
  label: '',
  required: true,
  nullable: false,
  unique: false,
  readOnly: false,
} as const

function modelOf(name: string, app = 'menu'): ModelDocument {
  return {
    name,
    app,
    url: `http://h/${app}/${name}`,
    key: ['id'],
    fields: { id: plain },
    unique: [],
    references: {},
    dataArrays: {},
    operations: { model: {}, instance: {} },
  }
}
