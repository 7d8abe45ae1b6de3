// The rules of the HTTP checklist that are one request and one answer, straight from the `cases*.json` beside this file.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, test } from 'vitest'
import { ask, reset, type Asked } from './fixture.ts'

interface Case {
  readonly id: string
  /** What is special about it, where an id has several cases. */
  readonly about?: string
  readonly request: Asked & { readonly path: string }
  readonly answer: {
    readonly status: number
    /** The whole value, a regular expression that finds something in it, or null for a field that must not be there. */
    readonly headers?: Readonly<Record<string, string | { readonly matches: string } | null>>
    readonly body?: ExpectedBody
  }
}

/** One of: the whole text, a regular expression, nothing at all, members of a JSON value. */
type ExpectedBody =
  { readonly equals: string } | { readonly matches: string } | { readonly absent: true } | { readonly json: unknown }

const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'))

const here = new URL('.', import.meta.url)
const checklist = read(new URL('../../rules/http-checklist.json', import.meta.url)) as readonly {
  readonly id: string
  readonly rule: string
}[] // our own file
const rules = new Map(checklist.map(({ id, rule }) => [id, rule]))

const cases = readdirSync(fileURLToPath(here))
  .filter((file) => /^cases.*\.json$/.test(file))
  .flatMap((file) => read(new URL(file, here)) as readonly Case[]) // our own files

/** `H104 PUT on existing → 200 with content or 204: PUT /articles/1/`, and the rest of what is asked where it is short. */
function nameOf({ id, about, request }: Case): string {
  const rule = rules.get(id)
  if (rule === undefined) throw new Error(`${id} is no rule of the checklist.`)
  const fields = Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${String(value)}`)
  const asked = [`${request.method ?? 'GET'} ${request.path}`, ...fields].join(' · ')
  return `${id} ${rule}: ${about === undefined ? '' : `${about}: `}${asked.slice(0, 120)}`
}

beforeEach(reset)

test.each(cases.map((each) => [nameOf(each), each] as const))('%s', async (_name, { request, answer }) => {
  const { path, ...asked } = request
  const response = await ask(path, asked)
  const body = await response.text()
  expect([response.status, body]).toEqual([answer.status, expect.any(String)])
  for (const [name, expected] of Object.entries(answer.headers ?? {})) {
    const value =
      typeof expected === 'object' && expected !== null ? expect.stringMatching(new RegExp(expected.matches)) : expected
    expect({ [name]: response.headers.get(name) }).toEqual({ [name]: value })
  }
  if (answer.body !== undefined) expectBody(body, answer.body)
})

function expectBody(body: string, expected: ExpectedBody): void {
  if ('equals' in expected) expect(body).toBe(expected.equals)
  else if ('matches' in expected) expect(body).toMatch(new RegExp(expected.matches))
  else if ('json' in expected) expect(JSON.parse(body)).toEqual(expect.objectContaining(expected.json))
  else expect(body).toBe('')
}
