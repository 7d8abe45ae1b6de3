// The drawing of the decision table in ARCHITECTURE.md is the table's.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aboutTheRequest, aboutTheTarget } from 'slumberjs/http'
import { drawGraph } from '../../../src/http/decisions/graph.ts'

const table = [...aboutTheRequest, ...aboutTheTarget]
const drawing = drawGraph()

test('ARCHITECTURE.md shows it; if not: npm run build && node scripts/graph.mjs', () => {
  const text = readFileSync(new URL('../../../ARCHITECTURE.md', import.meta.url), 'utf8')
  const [, shown] = /<!-- decisions -->\s+```mermaid\n([^]*?)```\s+<!-- \/decisions -->/.exec(text) ?? []
  expect(shown).toBe(drawing)
})

test('every question is in it, with two ways out, and every end with its statuses', () => {
  for (const { name, question, section, yes, no } of table) {
    expect(drawing).toContain(`${name}["<b>${name}</b><br/>${question}<br/>`)
    expect(drawing).toContain(`<i>${section}</i>`)
    const ways = drawing.split('\n').filter((line) => line.startsWith(`  ${name} -- `))
    expect(ways.join('\n')).toMatch(/-- yes(?:, no)? -->/)
    expect(ways.join('\n')).toMatch(/-- (?:yes, )?no -->/)
    for (const [index, end] of [yes, no].entries()) {
      if (end === 'next') continue
      const way = ways[index] ?? ''
      for (const status of end.statuses) expect(way).toMatch(new RegExp(String.raw`\b${status} [A-Z]`))
      if (end.others !== undefined) expect(way).toContain(end.others)
    }
  }
})

test('one way leads from top to bottom, over all of them', () => {
  const way = ['begin']
  for (const [, from, to] of drawing.matchAll(/^ {2}(\w+) (?:-- [^>]*)?--> (\w+)$/gm)) {
    expect(from).toBe(way.at(-1))
    way.push(to ?? '')
  }
  expect(way).toEqual(['begin', ...table.map(({ name }) => name), 'act'])
})

test('no text of it can be taken for anything else', () => {
  for (const [, label] of drawing.matchAll(/\["([^]*?)"\]/g)) {
    expect(label?.replaceAll(/<\/?[bi]>|<br\/>/g, '')).not.toMatch(/["<>#;]/)
  }
})
