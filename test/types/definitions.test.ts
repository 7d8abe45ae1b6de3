// What the compiler says to a program that describes its models wrongly, or asks for what is not there: of each mistake in definitions.ts
// and usage.ts the last line of its message.
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const build = fileURLToPath(new URL('.build/', import.meta.url))

/** What the compiler prints of a program, which need not be right. */
async function compiled(name: string, program: string): Promise<string> {
  const config = { extends: '../../../../tsconfig.json', include: ['./*.ts'], exclude: [] }
  const folder = `${build}${name}/`
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}${name}.ts`, program)
  await writeFile(`${folder}tsconfig.json`, JSON.stringify(config))
  const compiler = `${root}node_modules/typescript/bin/tsc`
  return await new Promise((resolve) => {
    execFile(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], { cwd: root }, (_, out) => resolve(out))
  })
}

test.each([
  ['definitions', 'mistakes.txt'],
  ['usage', 'usage-mistakes.txt'],
  ['agreement', 'contract-mistakes.txt'],
])(
  'the message for each mistake in %s.ts is that in %s (after a change that is meant: vitest run test/types -u)',
  async (name, file) => {
    const program = (await readFile(new URL(`${name}.ts`, import.meta.url), 'utf8')).replaceAll(
      /'(?=\.\.?\/)/g,
      "'../../",
    )
    const lines = program.replaceAll('@ts-expect-error -- ', 'mistake: ').split('\n')
    const at = new RegExp(`^test/types/\\.build/${name}/${name}\\.ts`, 'm')
    const messages = (await compiled(name, lines.join('\n'))).split(at).slice(1)
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
