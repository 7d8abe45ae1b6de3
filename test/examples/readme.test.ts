// The code of the README and of the pages in docs/ is code that runs: its blocks are the files they name, and those do what the README
// says. What docs/http.md says is tested in test/http/documentation.test.ts.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startMenu } from '../../examples/readme/menu.ts'
import { visit } from '../../examples/readme/visit.ts'
import { freePorts } from './running.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'slumber-readme-'))
const docs = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'))
const pages = ['README.md', ...docs.map((file) => `docs/${file}`)]
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(pages)('each code block of %s is the file it names', (page) => {
  const text = textOf(page)
  const blocks = [...text.matchAll(/<!-- (examples\/\S+) -->\n```ts\n([^]*?)```/g)]
  for (const [, file = '', code] of blocks) expect(code).toBe(textOf(file))
  expect(blocks.length).toBe([...text.matchAll(/^```ts$/gm)].length) // there are no others
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

test.each(pages)('every link of %s leads to a file that is there, and to a heading that is in it', (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
  for (const [, path = '', fragment] of links) {
    const target = path === '' ? page : join(dirname(page), path)
    expect([target, existsSync(join(root, target))]).toEqual([target, true])
    if (fragment !== undefined) expect(headingsOf(textOf(target))).toContain(fragment)
  }
})

/** As GitHub makes fragments of them. */
function headingsOf(text: string): readonly string[] {
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase())
  return titles.map((title) => title.replaceAll(/[^\w -]/g, '').replaceAll(' ', '-'))
}

test('every file that ARCHITECTURE.md names is there', () => {
  const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const named = [...architecture.matchAll(/`((?:[\w-]+\/)+[\w-]+\.ts)`/g)].map(([, file = '']) => file)
  expect(named.length).toBeGreaterThan(20)
  const places = [join(root, 'src'), join(root, 'src/server'), root]
  expect(named.filter((file) => !places.some((place) => existsSync(join(place, file))))).toEqual([])
})
