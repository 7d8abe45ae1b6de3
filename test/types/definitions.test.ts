// What the compiler says to a program that describes its models wrongly: of each mistake in definitions.ts the last line of its message.
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = fileURLToPath(new URL('.build/', import.meta.url))

/** What the compiler prints of a program, which need not be right. */
async function compiled(program: string): Promise<string> {
  const config = { extends: '../../../tsconfig.json', include: ['./definitions.ts'], exclude: [] }
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}definitions.ts`, program)
  await writeFile(`${folder}tsconfig.json`, JSON.stringify(config))
  const compiler = `${root}node_modules/typescript/bin/tsc`
  return await new Promise((resolve) => {
    execFile(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], { cwd: root }, (_, out) => resolve(out))
  })
}

test('the message for each mistake is that in mistakes.txt (after a change that is meant: vitest run test/types -u)', async () => {
  const program = await readFile(new URL('definitions.ts', import.meta.url), 'utf8')
  const lines = program.replaceAll('@ts-expect-error -- ', 'mistake: ').split('\n')
  const messages = (await compiled(lines.join('\n'))).split(/^test\/types\/\.build\//m).slice(1)
  const told = messages.map((message) => {
    const [, line = '1'] = /^definitions\.ts\((\d+),/.exec(message) ?? []
    const mistake = lines.slice(0, Number(line)).findLast((each) => each.includes('// mistake: ')) ?? message
    const last = message.trimEnd().split('\n').at(-1) ?? ''
    return `${mistake.trim().slice('// mistake: '.length)}\n  ${last.replace(/^.*error TS\d+:/, '').trim()}\n`
  })
  expect(told).toHaveLength(lines.filter((line) => line.includes('// mistake: ')).length)
  await expect(told.join('\n')).toMatchFileSnapshot('mistakes.txt')
})
