// What the compiler says to a program that describes its models wrongly, or asks for what is not there: of each mistake in definitions.ts
// and usage.ts the last line of its message.
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const build = fileURLToPath(new URL('.build/', import.meta.url))

const programs = {
  definitions: 'mistakes.txt',
  usage: 'usage-mistakes.txt',
  agreement: 'contract-mistakes.txt',
} as const

/** Of each program the lines, in which mistakes are no longer expected, and what the compiler prints of them. */
const compiled = new Map<string, { readonly lines: readonly string[]; readonly messages: readonly string[] }>()

/** All of them at once, which costs as much as one does. */
beforeAll(async () => {
  await mkdir(build, { recursive: true })
  const config = { extends: '../../../tsconfig.json', include: ['./*.ts'], exclude: [] }
  await writeFile(`${build}tsconfig.json`, JSON.stringify(config))
  const written = await Promise.all(
    Object.keys(programs).map(async (name) => {
      const program = await readFile(new URL(`${name}.ts`, import.meta.url), 'utf8')
      const text = program.replaceAll(/'(?=\.\.?\/)/g, "'../").replaceAll('@ts-expect-error -- ', 'mistake: ')
      await writeFile(`${build}${name}.ts`, text)
      return { name, lines: text.split('\n') }
    }),
  )
  const compiler = `${root}node_modules/typescript/bin/tsc`
  const printed = await new Promise<string>((resolve) => {
    execFile(process.execPath, [compiler, '-p', build, '--pretty', 'false'], { cwd: root }, (_, out) => resolve(out))
  })
  const messages = printed.split(/^(?=\S)/m)
  for (const { name, lines } of written) {
    const file = `test/types/.build/${name}.ts`
    const own = messages.filter((message) => message.startsWith(file)).map((message) => message.slice(file.length))
    compiled.set(name, { lines, messages: own })
  }
}, 120_000)

test.each(Object.entries(programs))(
  'the message for each mistake in %s.ts is that in %s (after a change that is meant: vitest run test/types -u)',
  async (name, file) => {
    const { lines = [], messages = [] } = compiled.get(name) ?? {}
    const told = messages.map((message) => {
      const [, line = '1'] = /^\((\d+),/.exec(message) ?? []
      const mistake = lines.slice(0, Number(line)).findLast((each) => each.includes('// mistake: ')) ?? message
      const last = (message.trimEnd().split('\n').at(-1) ?? '').replace(/, Flat<[^']*'/, ", …>'") // tables, as long as messages may be
      return `${mistake.trim().slice('// mistake: '.length)}\n  ${last.replace(/^.*error TS\d+:/, '').trim()}\n`
    })
    expect(told).toHaveLength(lines.filter((line) => line.includes('// mistake: ')).length)
    await expect(told.join('\n')).toMatchFileSnapshot(file)
  },
)
