// The public names: every subpath export has its entry file, and each entry exports exactly the names in
// exports.snap.json. After a change that is meant: npx vitest run test/architecture -u
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sourceFiles } from './modules.ts'

const ROOT = new URL('../../', import.meta.url)

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
  readonly bin: Readonly<Record<string, string>>
}
const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as Manifest // our own file

/** Subpath → entry name: `"./http"` → `http`. The entry's name is that of its compiled file. */
const entries = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === 'string' ? [] : [{ subpath, target, name: /\/entries\/([a-z]+)\.js$/.exec(target.default)?.[1] }],
)

test('every subpath is one file of src/entries, compiled code and types beside each other', () => {
  expect(entries.map(({ target }) => target)).toEqual(
    entries.map(({ name }) => ({ types: `./dist/entries/${name}.d.ts`, default: `./dist/entries/${name}.js` })),
  )
  expect(sourceFiles().filter((file) => file.startsWith('entries/'))).toEqual(
    entries.map(({ name }) => `entries/${name}.ts`).toSorted(),
  )
})

test('every command is compiled from src/cli', () => {
  const commands = Object.values(manifest.bin).map((path) => path.replace(/^dist\/(.*)\.js$/, '$1.ts'))
  expect(commands.filter((command) => !sourceFiles().includes(command))).toEqual([])
})

test('the entries export the names in exports.snap.json', async () => {
  const names: Record<string, string[]> = {}
  for (const { subpath, name } of entries) {
    const entry = new URL(`src/entries/${name}.ts`, ROOT)
    const module = (await import(/* @vite-ignore */ fileURLToPath(entry))) as object // any module namespace
    names[subpath] = Object.keys(module).toSorted()
  }
  await expect(`${JSON.stringify(names, null, 2)}\n`).toMatchFileSnapshot('exports.snap.json')
})
