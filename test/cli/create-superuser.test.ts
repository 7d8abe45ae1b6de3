// `slumber createsuperuser` as it is installed, over a database file: who is made, and that the password is seen by nobody.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { localUsers } from 'slumberjs/auth'
import { authTables } from 'slumberjs/sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStatements } from '../server/dialects/ddl.ts'

const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const entry = (name: string): string => new URL(`../../dist/entries/${name}.js`, import.meta.url).href
const password = 'correct horse'

let folder = ''
let module = ''
const client = (): ReturnType<typeof createClient> => createClient({ url: pathToFileURL(join(folder, 'test.db')).href })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slumber-superuser-'))
  module = join(folder, 'accounting.mjs')
  const made = client()
  await made.executeMultiple(createStatements(Object.values(authTables)).join(';\n'))
  made.close()
  await write(module, `export const made = service('accounting', options)`)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const write = (file: string, exported: string): Promise<void> => {
  const from = (name: string): string => import.meta.resolve(name)
  return writeFile(
    file,
    `import { createClient } from '${from('@libsql/client')}'
import { drizzle } from '${from('drizzle-orm/libsql')}'
import { authApp, basic, localUsers } from '${entry('auth')}'
import { service } from '${entry('server')}'
const database = drizzle(createClient({ url: '${pathToFileURL(join(folder, 'test.db')).href}' }))
const users = localUsers(database)
const options = { url: 'http://a.test/', database, apps: [authApp(users)], authenticate: [basic(users)] }
setInterval(() => undefined, 1_000) // keeps its process, as a pool of connections does
${exported}
`,
  )
}

interface Ended {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

const slumber = (args: readonly string[], input: string): Ended => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'createsuperuser', ...args], {
    input,
    encoding: 'utf8',
  })
  return { status, out: stdout, err: stderr }
}

const verify = async (name: string, given: string): ReturnType<ReturnType<typeof localUsers>> => {
  const opened = client()
  try {
    return await localUsers(drizzle(opened))(name, given)
  } finally {
    opened.close()
  }
}

describe('without a terminal', () => {
  test.each([
    ['Ada', `${password}\n`],
    ['Zoë', password],
    ['windows', `${password}\r\n`],
  ])('the password of %s is read from the standard input, without the end of the line', async (name, input) => {
    expect(slumber([module, '--name', name], input)).toEqual({
      status: 0,
      out: `${name} is a superuser now.\n`,
      err: '',
    })
    expect(await verify(name, password)).toMatchObject({ name, superuser: true })
    expect(await verify(name, `${password}\n`)).toBeUndefined()
  })

  test.each([
    ['a name that is taken', 'Ada', password, 'There is a user "Ada" already.'],
    ['a name of a service', 'service:x', password, 'A name must have'],
    ['no password', 'x', '', 'A password must have 8 to'],
    ['a short password', 'x', 'short', 'A password must have 8 to'],
  ])('%s is refused', async (_, name, input, words) => {
    const { status, out, err } = slumber([module, '--name', name], input)
    expect([status, out]).toEqual([1, ''])
    expect(err).toContain(`slumber: ${words}`)
    expect(err).not.toContain('    at ')
    expect(await verify('x', input)).toBeUndefined()
  })

  test.each([
    ['no module', [], 'createsuperuser takes a module'],
    ['two modules', ['a.js', 'b.js', '--name', 'x'], 'createsuperuser takes one module; "b.js" is too much'],
    ['no name', ['a.js'], '--name says who it is'],
    ['a password as an argument', ['a.js', '--name', 'x', '--password', 'secret12'], "Unknown option '--password'"],
    ['an option of types', ['a.js', '--name', 'x', '--check'], 'createsuperuser takes no --check'],
  ])('%s is wrong usage', (_, args, words) => {
    const { status, err } = slumber(args, password)
    expect(status).toBe(2)
    expect(err).toContain(words)
  })

  test('a module that is none, has no service, or several', async () => {
    const other = join(folder, 'other.mjs')
    expect(slumber([join(folder, 'missing.mjs'), '--name', 'x'], password).err).toContain('cannot be loaded')
    await write(other, `export const nothing = 1`)
    expect(slumber([other, '--name', 'x'], password).err).toContain('exports no service')
    const two = join(folder, 'two.mjs')
    await write(two, `export const one = service('a', options)\nexport const two = service('b', options)`)
    expect(slumber([two, '--name', 'x'], password).err).toContain('exports several services')
  })
})

/** Gives a program a terminal. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux')

describe.skipIf(!hasScript)('at a terminal', () => {
  /** Says each word when its question has come; all that was shown is the outcome. */
  const talk = (args: readonly string[], words: readonly (readonly [question: string, answer: string])[]) =>
    new Promise<{ readonly status: number | null; readonly shown: string }>((resolve, reject) => {
      const line = [process.execPath, command, 'createsuperuser', ...args].map((each) => `'${each}'`).join(' ')
      const child = spawn('script', ['-qec', line, '/dev/null'])
      let [shown, from, next] = ['', 0, 0]
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        shown += text
        const word = words[next]
        if (word === undefined || !shown.slice(from).includes(word[0])) return
        next += 1
        from = shown.length
        child.stdin.write(word[1])
      })
      child.on('error', reject).on('close', (status) => resolve({ status, shown }))
    })

  test('it is asked for twice, and not shown', async () => {
    const { status, shown } = await talk(
      [module],
      [
        ['Name: ', 'Grace\r'],
        ['Password: ', `${password}\r`],
        ['Again: ', `${password}\r`],
      ],
    )
    expect([status, shown]).toEqual([0, expect.stringContaining('Grace is a superuser now.')])
    expect(shown).not.toContain('horse')
    expect(await verify('Grace', password)).toMatchObject({ superuser: true })
  })

  test('two that differ are refused, and Ctrl-C ends it', async () => {
    const differing = await talk(
      [module, '--name', 'Linus'],
      [
        ['Password: ', `${password}\r`],
        ['Again: ', 'another one\r'],
      ],
    )
    expect(differing).toMatchObject({ status: 1, shown: expect.stringContaining('are not the same') })
    const ended = await talk([module, '--name', 'Linus'], [['Password: ', '\u0003']])
    expect(ended).toMatchObject({ status: 1, shown: expect.stringContaining('nothing was done') })
    expect(await verify('Linus', password)).toBeUndefined()
  })
})
