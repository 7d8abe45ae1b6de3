// The blog of docs/model-resources.md runs, and its commands get the answers that the page shows.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Server } from 'slumberjs/node'
import { startBlog } from '../../examples/blog/blog.ts'
import { requestOf, transcriptsOf } from '../http/documented.ts'

const page = readFileSync(new URL('../../docs/model-resources.md', import.meta.url), 'utf8')
const transcripts = [...transcriptsOf(page).values()].flat()
const folder = mkdtempSync(join(tmpdir(), 'slumber-blog-'))
let server: Server | undefined

beforeAll(async () => {
  server = await startBlog(join(folder, 'blog.db'), 0)
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A text in which `…` stands for anything in one line. */
function shown(text: string): RegExp {
  const escaped = text.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('…', '[^\\n]*')}$`)
}

test.each(transcripts)('$command', async ({ command, expected }) => {
  const signed = command.replace(/-u (\S+)/, (_, user: string) => `-H 'Authorization: Basic ${btoa(user)}'`)
  const { path, init } = requestOf(signed)
  const response = await fetch(server!.url + path, init)
  const text = await response.text()
  const [status = '', ...lines] = expected
  const end = lines.includes('') ? lines.indexOf('') : lines.length
  expect(`HTTP/1.1 ${response.status}`).toBe(status.slice(0, 12))
  for (const line of lines.slice(0, end)) {
    const [name = '', value] = line.split(/: (.*)/)
    expect(`${name}: ${response.headers.get(name)}`).toBe(`${name}: ${value}`)
  }
  const content = lines.slice(end + 1).join('\n')
  if (content !== '') expect(text).toMatch(shown(content.trimEnd()))
})

test('the page has commands', () => expect(transcripts.length).toBeGreaterThan(8))
