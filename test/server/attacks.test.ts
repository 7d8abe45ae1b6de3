// Attack cases in which no database has a part: content that is too much, or no content of a model.
import { describe, expect, test } from 'vitest'
import { gzipSync } from 'node:zlib'
import { serving, type Answer, type Asked } from './fixture.ts'

const api = serving()

async function expectRefused(method: string, path: string, asked: Asked, statuses: readonly number[]): Promise<Answer> {
  const before = await api.dump()
  const answer = await api.ask(method, path, asked)
  expect(statuses).toContain(answer.status)
  expect(answer.text.length).toBeLessThan(10_000)
  expect(await api.dump()).toBe(before)
  return answer
}

const json = (body: string): Asked => ({ body, headers: { 'content-type': 'application/json' } })

/** 32-bit string hashes of the "31 times" kind are the same for all of these. */
const alike = combinations(['Aa', 'BB'], 12)

function combinations(parts: readonly string[], length: number): readonly string[] {
  if (length === 0) return ['']
  return combinations(parts, length - 1).flatMap((rest) => parts.map((part) => part + rest))
}

/** What is too much is 400 or 413; well-formed JSON within the limits, of a model or not, is what 422 is for. */
const tooMuch: readonly (readonly [what: string, status: number, json: string])[] = [
  ['200,000 levels', 400, `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ['200,000 levels of objects', 413, `${'{"name":'.repeat(200_000)}1${'}'.repeat(200_000)}`],
  ['65 levels', 400, `${'{"name":'.repeat(65)}1${'}'.repeat(65)}`],
  ['a million members', 413, `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  ['50 MB of text', 413, JSON.stringify({ name: 'x'.repeat(50_000_000) })],
  ['a number of a megabyte', 413, `{"price":${'9'.repeat(1_048_576)}}`],
  ['a number of 100 kB', 422, `{"maxExtraToppings":${'9'.repeat(100_000)}}`],
  ['a decimal of 100 kB', 422, JSON.stringify({ name: 'x', price: '9'.repeat(100_000) })],
  ['members that are given twice', 400, '{"name":"a","name":"b","price":"1"}'],
  ['members that are given twice, once in disguise', 400, String.raw`{"name":"a","n\u0061me":"b","price":"1"}`],
  ['a member that leads to a prototype', 400, '{"name":"a","price":"1","__proto__":{"recipe":"x"}}'],
  ['names that hash alike', 422, JSON.stringify(Object.fromEntries(alike.map((name) => [name, 1])))],
]

const [small, blanks] = ['{"name":"x","price":"1"}', Buffer.alloc(50_000_000, 0x20)]

const coded: readonly (readonly [what: string, status: number, coding: string, content: Uint8Array])[] = [
  ['gzip bomb', 413, 'gzip', gzipSync(blanks, { level: 9 })],
  ['gzip bomb in another', 400, 'gzip', gzipSync(gzipSync(blanks, { level: 9 }))],
  ['layers', 415, 'gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(small)))],
  ['two fields, as one layer each', 415, 'gzip, identity', gzipSync(small)],
  ['unknown coding', 415, 'zip', Buffer.from('{}')],
  ['gzip that ends early', 400, 'gzip', gzipSync(small).subarray(0, -6)],
  ['gzip with a wrong sum', 400, 'gzip', Buffer.concat([gzipSync(small).subarray(0, -8), Buffer.alloc(8, 1)])],
  ['gzip with something behind it', 400, 'gzip', Buffer.concat([gzipSync(small), gzipSync(small)])],
  ['no gzip', 400, 'gzip', Buffer.from(small)],
]

const part = (name: string, more = ''): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n1\r\n`

/** No model takes it; those resources that do are tested in test/http/content/form.test.ts. */
const multipart: readonly (readonly [what: string, status: number, content: string])[] = [
  ['of 10,000 parts', 415, `${Array.from({ length: 10_000 }, (_, index) => part(String(index))).join('')}--b--\r\n`],
  ['with a header of a megabyte', 415, `${part('a', `; x="${'x'.repeat(1_048_576)}"`)}--b--\r\n`],
  ['without its end', 415, part('name')],
  ['with a path for a file name', 415, `${part('recipe', '; filename="../../etc/passwd"')}--b--\r\n`],
]

describe.each([
  ['POST', '/menu/Pizza'],
  ['PATCH', '/menu/Pizza/1'],
  ['QUERY', '/menu/Pizza'],
])('%s %s', (method, path) => {
  test.each(tooMuch)('A061 JSON with %s', async (_, status, body) => {
    await expectRefused(method, path, json(body), [status])
  })

  test.each(coded)('A062 content coding: %s', async (_, status, coding, content) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': coding }
    await expectRefused(method, path, { body: new Uint8Array(content), headers }, [status])
  })

  test.each(multipart)('A072 multipart content %s', async (_, status, body) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    await expectRefused(method, path, { body, headers }, [status])
  })
})

test('A070 ten thousand parameters', async () => {
  const parameters = Array.from({ length: 10_000 }, (_, index) => `a${index}=1`).join('&')
  await expectRefused('GET', `/menu/Pizza?${parameters}`, {}, [400, 414])
  await expectRefused('GET', `/menu/Pizza?${Array.from({ length: 2_000 }, () => 'id=1').join('&')}`, {}, [400, 414])
})
