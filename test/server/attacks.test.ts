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

const tooMuch: readonly (readonly [what: string, json: string])[] = [
  ['200,000 levels', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ['200,000 levels of objects', `${'{"name":'.repeat(200_000)}1${'}'.repeat(200_000)}`],
  ['a million members', `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  ['50 MB of text', JSON.stringify({ name: 'x'.repeat(50_000_000) })],
  ['a number of a megabyte', `{"price":${'9'.repeat(1_000_000)}}`],
  ['a number of 100 kB', `{"maxExtraToppings":${'9'.repeat(100_000)}}`],
  ['a decimal of 100 kB', JSON.stringify({ name: 'x', price: '9'.repeat(100_000) })],
  ['members that are given twice', '{"name":"a","name":"b","price":"1"}'],
  ['names that hash alike', JSON.stringify(Object.fromEntries(alike.map((name) => [name, 1])))],
]

describe.each([
  ['POST', '/menu/Pizza'],
  ['PATCH', '/menu/Pizza/1'],
])('%s %s', (method, path) => {
  test.each(tooMuch)('A061 JSON with %s', async (_, body) => {
    await expectRefused(method, path, json(body), [400, 413, 422])
  })

  test.each([
    ['gzip bomb', 'gzip', gzipSync(Buffer.alloc(50_000_000, 0x20), { level: 9 })],
    ['layers', 'gzip, gzip, gzip', gzipSync(gzipSync(gzipSync('{"name":"x","price":"1"}')))],
    ['unknown coding', 'zip', Buffer.from('{}')],
  ])('A062 content coding: %s', async (_, coding, content) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': coding }
    await expectRefused(method, path, { body: new Uint8Array(content), headers }, [400, 413, 415])
  })

  test('A072 multipart content', async () => {
    const parts = Array.from(
      { length: 10_000 },
      (_, index) => `--b\r\ncontent-disposition: form-data; name="${index}"\r\n\r\n1`,
    )
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    await expectRefused(method, path, { body: parts.join('\r\n'), headers }, [413, 415])
  })
})

test('A070 ten thousand parameters', async () => {
  const parameters = Array.from({ length: 10_000 }, (_, index) => `a${index}=1`).join('&')
  await expectRefused('GET', `/menu/Pizza?${parameters}`, {}, [400, 414])
  await expectRefused('GET', `/menu/Pizza?${Array.from({ length: 2_000 }, () => 'id=1').join('&')}`, {}, [400, 414])
})
