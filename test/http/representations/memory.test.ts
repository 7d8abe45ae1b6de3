// A million rows are written in constant memory, however slowly they are read.
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { csv } from '../../../src/http/representations/csv.ts'
import { ndjson } from '../../../src/http/representations/ndjson.ts'
import { written } from './reading.ts'

const rowCount = 1_000_000
const megabyte = 1_048_576

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void // what the flag makes

async function* rows(): AsyncGenerator<object> {
  for (let id = 1; id <= rowCount; id += 1) yield { id, title: `Pizza "${id}"`, price: null }
}

/** What is still in use after a collection, in MiB. */
function inUse(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / megabyte
}

test.each([
  [csv, rowCount + 1],
  [ndjson, rowCount],
])('a million rows as $name', { timeout: 120_000 }, async (representation, count) => {
  const body = written(representation, rows())
  if (!(body instanceof ReadableStream)) throw new Error('The list is not streamed.')
  const before = inUse()
  let peak = 0
  let lines = 0
  let chunks = 0
  for await (const chunk of body) {
    for (const octet of chunk) if (octet === 0x0a) lines += 1
    chunks += 1
    if (chunks % 200 === 0) peak = Math.max(peak, inUse())
    await setImmediate()
  }
  expect(lines).toBe(count)
  expect(chunks).toBeGreaterThan(1000)
  expect(peak - before).toBeLessThan(8)
})
