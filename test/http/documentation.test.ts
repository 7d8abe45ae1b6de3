// docs/http.md is true: its commands get the answers it shows, and its tables are those of the program.

import { readdirSync } from 'node:fs'
import { inspect } from 'node:util'
import { afterAll, describe, expect, test, vi } from 'vitest'
import * as http from 'slumberjs/http'
import { aboutTheRequest, aboutTheTarget, problemTypes, Resource, type Outcome } from 'slumberjs/http'
import { serve, type Server } from 'slumberjs/node'
import { Article, urls } from '../../examples/http/paths.ts'
import { Price } from '../../examples/http/conditions.ts'
import { laboratory } from '../../examples/http/stream.ts'
import { defaults, settingNames } from '../../src/http/settings.ts'
import { page, requestOf, tableOf, transcriptsOf } from './documented.ts'

const servers: Server[] = []
afterAll(async () => void (await Promise.all(servers.map((server) => server.close()))))

/** The router that an example exports. */
async function serverOf(file: string): Promise<Server> {
  const example: Readonly<Record<string, unknown>> = await import(`../../examples/http/${file.replace('.ts', '')}.ts`)
  const isRouter = (value: unknown): value is http.Router =>
    typeof value === 'object' && value !== null && 'urlOf' in value
  const router = Object.values(example).find(isRouter)
  if (router === undefined) throw new Error(`${file} exports no router.`)
  const server = await serve(router)
  servers.push(server)
  return server
}

/** A text in which `…` stands for anything in one line. */
function shown(text: string): RegExp {
  const escaped = text.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('…', '[^"<\\n]*')}$`)
}

describe.each([...transcriptsOf(page)])('the commands after %s', async (file, transcripts) => {
  const server = await serverOf(file)
  vi.spyOn(console, 'error').mockReturnValue() // one of them fails, and that is logged

  test.each(transcripts)('$command', async ({ command, expected }) => {
    const { path, init } = requestOf(command)
    const response = await fetch(server.url + path, init)
    const text = (await response.text()).trimEnd().replaceAll('\r\n', '\n')
    const [status = '', ...lines] = expected
    const end = lines.includes('') ? lines.indexOf('') : lines.length
    expect(`HTTP/1.1 ${response.status}`).toBe(status.slice(0, 12))
    for (const line of lines.slice(0, end)) {
      const [name = '', value] = line.split(/: (.*)/)
      expect(`${name}: ${response.headers.get(name)}`).toBe(`${name}: ${value}`)
    }
    if (end < lines.length) expect(text).toMatch(shown(lines.slice(end + 1).join('\n')))
  })
})

describe('the table of questions', () => {
  const rows = tableOf('question')
  const decisions = [...aboutTheRequest, ...aboutTheTarget]

  test('has all of them, in their order, in the words of the table', () => {
    expect(rows.map(([name, question]) => [name, question])).toEqual(
      decisions.map(({ name, question }) => [name, question]),
    )
  })

  test.each(decisions)('$name ends as it says', ({ name, yes, no }) => {
    const ends = [yes, no].filter((outcome): outcome is Exclude<Outcome, 'next'> => outcome !== 'next')
    const statuses = [...new Set(ends.flatMap((end) => end.statuses))].toSorted((a, b) => a - b)
    const others = ends.flatMap((end) => end.others ?? [])
    expect(rows.find(([row]) => row === name)?.[2]).toBe([...statuses, ...others].join(', ') || '—')
  })

  test('what is yours is there', () => {
    const yours = rows.flatMap(([, , , cell = '']) => cell.replace('query of resource(path, …)', '').split(', '))
    for (const name of yours.filter((each) => each !== '')) {
      const bare = name.replace('()', '')
      if (name.endsWith('()')) expect(Object.getOwnPropertyNames(Resource.prototype)).toContain(bare)
      else expect(settingNames).toContain(bare)
    }
  })
})

test('the table of settings has all of them, with their defaults', () => {
  const rows = tableOf('setting')
  expect(new Set(rows.map(([name]) => name))).toEqual(new Set(settingNames))
  for (const [name = '', standard] of rows) {
    const value: unknown = (defaults as Readonly<Record<string, unknown>>)[name] // looked up by the name in the page
    if (value === http.json || name.startsWith('accepts') || name === 'sharedStore' || name === 'produces') continue
    expect([name, standard]).toEqual([name, value === undefined ? '—' : inspect(value)])
  }
  expect(defaults.produces).toEqual([http.json])
  expect(defaults.acceptsEncodings).toEqual(['gzip'])
})

test('the table of representations has all of them', () => {
  const isRepresentation = (value: unknown): value is http.Representation =>
    typeof value === 'object' && value !== null && 'mediaType' in value && 'showsLinks' in value
  const given = Object.entries(http).flatMap(([name, value]) =>
    isRepresentation(value) ? [[name, value.mediaType, value.write ? 'yes' : '—', value.read ? 'yes' : '—']] : [],
  )
  expect(new Set(tableOf('representation'))).toEqual(new Set(given))
})

test('the table of problem codes has all of them', () => {
  const told = tableOf('status').flatMap(([status, codes = '']) => codes.split(', ').map((code) => `${status} ${code}`))
  expect(new Set(told)).toEqual(new Set(problemTypes.map(({ status, code }) => `${status} ${code}`)))
})

test('URLs are as the example says', () => {
  expect(urls).toEqual(['/articles/3', '/articles/3/on%20pizza', '/site/tree/a/b%20c'])
  expect(() => Article.url({ id: 'x' })).toThrow('needs for "id" [0-9]+: "x".')
})

test('of two writes at once upon the same state, one is done', async () => {
  const { fetch: ask } = http.router([Price])
  const tag = (await ask(new Request('http://h/price'))).headers.get('etag') ?? ''
  const put = (price: number): Promise<Response> =>
    ask(
      new Request('http://h/price', {
        method: 'PUT',
        headers: { 'if-match': tag, 'content-type': 'application/json' },
        body: JSON.stringify({ price }),
      }),
    )
  const statuses = await Promise.all([put(1), put(2), put(3)].map(async (answer) => (await answer).status))
  expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 412, 412])
})

test('a million rows are streamed', async () => {
  const response = await laboratory.fetch(new Request('http://h/measurements?format=csv'))
  let lines = 0
  for await (const chunk of response.body ?? []) for (const octet of chunk) if (octet === 10) lines++
  expect(lines).toBe(1_000_001)
})

test('every example is on the page', () => {
  const files = readdirSync(new URL('../../examples/http/', import.meta.url))
  expect(
    files.filter(
      (file) => !page.includes(`(../examples/http/${file})`) && !page.includes(`<!-- examples/http/${file} -->`),
    ),
  ).toEqual([])
})
