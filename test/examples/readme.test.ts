// The README's code is code that runs: its blocks are the files they name, and those do what the README says.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startMenu } from '../../examples/readme/menu.ts'
import { visit } from '../../examples/readme/visit.ts'
import { freePorts } from './running.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'slumber-readme-'))
const readme = readFileSync(join(root, 'README.md'), 'utf8')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('each code block of the README is the file it names', () => {
  const blocks = [...readme.matchAll(/<!-- (examples\/\S+) -->\n```ts\n([^]*?)```/g)]
  expect(blocks.map(([, file]) => file)).toEqual(['examples/readme/menu.ts', 'examples/readme/visit.ts'])
  for (const [, file = '', code] of blocks) expect(code).toBe(readFileSync(join(root, file), 'utf8'))
})

test('the server and the client of the README work together', async () => {
  const [port = 0] = await freePorts(1)
  const server = await startMenu(join(folder, 'menu.db'), port)
  try {
    const seen = await visit(`http://localhost:${port}/slumber/pizzas/`)
    expect(seen).toEqual([
      'Moda Speciale',
      'http://www.example.com/alta-moda/',
      'Margherita',
      '14',
      '{"total":"42.00"}',
    ])
  } finally {
    await server.close()
  }
})

test('every link of the README leads to a file that is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target = '']) => target)
  expect(links.length).toBeGreaterThan(5)
  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
})

test('every file that ARCHITECTURE.md names is there', () => {
  const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const named = [...architecture.matchAll(/`((?:[\w-]+\/)+[\w-]+\.ts)`/g)].map(([, file = '']) => file)
  expect(named.length).toBeGreaterThan(20)
  const places = [join(root, 'src'), join(root, 'src/server'), root]
  expect(named.filter((file) => !places.some((place) => existsSync(join(place, file))))).toEqual([])
})
