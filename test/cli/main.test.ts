// The command as it is installed: its output, its messages, its exit codes.
import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect } from 'slumberjs'
import { serve, type Server } from 'slumberjs/node'
import { mockServices } from 'slumberjs/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeSystem, type System } from '../client/fixture/services.ts'

const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

interface Ended {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** Runs `slumber` with nothing in its environment but what is given. */
const slumber = (args: readonly string[], env: Record<string, string> = {}, file = command): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject).on('close', (status) => resolve({ status, out, err }))
  })

let servers: readonly Server[] = []
let system: System | undefined
let folder = ''
/** The field Authorization of each request to the first server. */
const fields: (string | null)[] = []
/** What the server at `/lies/<name>` answers. */
const lies: Readonly<Record<string, unknown>> = {
  relative: { services: { pizzas: '/pizzas/' } },
  empty: { services: {} },
  none: { hello: 'world' },
  gone: { services: { pizzas: 'http://127.0.0.1:9/' } },
}

beforeAll(async () => {
  const answer = (request: Request): Promise<Response> | Response => {
    fields.push(request.headers.get('authorization'))
    const [, lie] = /\/lies\/(\w+)$/.exec(request.url) ?? []
    return lie === undefined ? system!.pizzas.fetch(request) : Response.json(lies[lie])
  }
  servers = await Promise.all([serve(answer), serve((request) => system!.atlas.fetch(request))])
  system = await makeSystem({ pizzas: servers[0]!.url, atlas: servers[1]!.url })
  folder = await mkdtemp(join(tmpdir(), 'slumber-cli-'))
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await system?.close()
  await rm(folder, { recursive: true, force: true })
})

describe('slumber types', () => {
  test('writes the types of every service into a file, and says how many', async () => {
    const file = join(folder, 'new', 'slumber.d.ts')
    const { status, out, err } = await slumber([
      'types',
      system!.directoryUrl,
      '-o',
      file,
      '--user',
      'guest:guest-demo',
    ])
    expect({ status, out, err }).toEqual({ status: 0, out: `${file}: 2 services, 7 models\n`, err: '' })
    const golden = await readFile(new URL('../types/services.ts', import.meta.url), 'utf8')
    expect(await readFile(file, 'utf8')).toBe(golden)
  })

  test('follows where a URL without its final slash leads', async () => {
    const { status, out } = await slumber(['types', system!.directoryUrl.slice(0, -1), '--user', 'guest:guest-demo'])
    const golden = await readFile(new URL('../types/services.ts', import.meta.url), 'utf8')
    expect([status, out]).toEqual([0, golden])
  })

  test('writes to the standard output without -o, and takes the user from the environment', async () => {
    const { status, out, err } = await slumber(['types', system!.directoryUrl], { SLUMBER_USER: 'guest:guest-demo' })
    expect([status, err]).toEqual([0, ''])
    expect(out).toContain('export interface Services {')
  })

  test('writes what the services say of themselves as well, for connect() and mockServices()', async () => {
    const file = join(folder, 'newer', 'slumber.json')
    const { status, out, err } = await slumber(
      ['types', system!.directoryUrl, '-o', join(folder, 'x.d.ts'), '--contracts', file],
      { SLUMBER_USER: 'guest:guest-demo' },
    )
    expect({ status, out, err }).toEqual({
      status: 0,
      out: `${join(folder, 'x.d.ts')}: 2 services, 7 models\n${file}: 2 contracts\n`,
      err: '',
    })
    const contracts = JSON.parse(await readFile(file, 'utf8')) as readonly object[] // as it says
    const { pizzas, atlas } = system!.directory
    expect(contracts).toMatchObject([{ url: pizzas }, { url: atlas }])
    const urls: string[] = []
    const client = connect({
      directory: { pizzas, atlas },
      contracts,
      transport: (request) => {
        urls.push(request.url)
        return Response.json({ _etag: '"a"', _links: { self: { href: `${pizzas}menu/Shop/1` } } })
      },
    })
    await client['pizzas']!['menu']!['Shop']!.get({ id: 1 })
    expect(urls).toEqual([`${pizzas}menu/Shop/-/get?id=1`])
    const mock = await mockServices({ contracts })
    expect(Object.keys(mock.services)).toEqual(['pizzas', 'atlas'])
    mock.close()
  })

  test('needs no other package: Drizzle and the drivers are for programs that serve', async () => {
    const alone = join(folder, 'alone')
    await cp(new URL('../../dist', import.meta.url), join(alone, 'dist'), { recursive: true })
    await cp(new URL('../../package.json', import.meta.url), join(alone, 'package.json'))
    const file = join(alone, 'dist', 'cli', 'main.js')
    const { status, err } = await slumber(['types', system!.directoryUrl, '--user', 'guest:guest-demo'], {}, file)
    expect([status, err]).toEqual([0, ''])
  })

  test('--check writes nothing, and fails where a file is out of date or not there', async () => {
    const [file, contracts] = [join(folder, 'checked.d.ts'), join(folder, 'checked.json')]
    const env = { SLUMBER_USER: 'guest:guest-demo' }
    const check = (): Promise<Ended> =>
      slumber(['types', system!.directoryUrl, '-o', file, '--contracts', contracts, '--check'], env)
    expect(await check()).toMatchObject({ status: 1, err: expect.stringContaining('checked.d.ts cannot be read') })
    await slumber(['types', system!.directoryUrl, '-o', file, '--contracts', contracts], env)
    expect(await check()).toEqual({
      status: 0,
      out: `${file}: 2 services, 7 models\n${contracts}: 2 contracts\n`,
      err: '',
    })
    const old = (await readFile(file, 'utf8')).replace('readonly slug: string', 'readonly slag: string')
    await writeFile(file, old)
    const { status, err } = await check()
    expect([status, err]).toEqual([
      1,
      expect.stringMatching(
        /is out of date, from line \d+ on:\n {2}there {4}readonly slag: string\n {2}now {6}readonly slug: string/,
      ),
    ])
    expect(await readFile(file, 'utf8')).toBe(old)
  })

  test('asks with SLUMBER_TOKEN as a bearer, unless there is --user', async () => {
    const env = { SLUMBER_TOKEN: 'secret-token' }
    fields.length = 0
    const refused = await slumber(['types', system!.directoryUrl], env)
    expect([refused.status, fields[0]]).toEqual([1, 'Bearer secret-token'])
    expect((await slumber(['types', system!.directoryUrl, '--user', 'guest:guest-demo'], env)).status).toBe(0)
  })

  test('takes --user before SLUMBER_USER', async () => {
    const env = { SLUMBER_USER: 'guest:wrong' }
    expect((await slumber(['types', system!.directoryUrl, '--user', 'guest:guest-demo'], env)).status).toBe(0)
  })
})

describe('what cannot be done is said in one line, with exit code 1', () => {
  const user = { SLUMBER_USER: 'guest:guest-demo' }
  const url = (path: string): string => `${servers[0]!.url}${path}`

  test.each([
    ['without credentials', '/slumber/', {}, 'slumber: GET http://x/slumber/ → 401 Unauthorized'],
    ['with a hint for it', '/slumber/', {}, 'Say who asks: --user <name:password>, or SLUMBER_USER'],
    [
      'a relative URL in the directory',
      '/lies/relative',
      user,
      'slumber: The URL of service "pizzas" must be an absolute',
    ],
    [
      'a directory without services',
      '/lies/empty',
      user,
      'slumber: The directory http://x/lies/empty lists no services.',
    ],
    ['no directory', '/lies/none', user, 'slumber: http://x/lies/none is neither a directory nor a service'],
    [
      'a service that is away',
      '/lies/gone',
      user,
      'slumber: service "pizzas" cannot be reached: GET http://127.0.0.1:9/-/contract',
    ],
  ])('%s', async (_, path, env, message) => {
    const { status, out, err } = await slumber(['types', url(path)], env)
    expect([status, out]).toEqual([1, ''])
    expect(err.replaceAll(servers[0]!.url, 'http://x')).toContain(message)
    expect(err).not.toContain('    at ')
  })

  test('a file that cannot be written', async () => {
    await writeFile(join(folder, 'file'), '')
    const { status, err } = await slumber(['types', system!.directoryUrl, '-o', join(folder, 'file', 'x.d.ts')], user)
    expect(status).toBe(1)
    expect(err).toContain('x.d.ts cannot be written: Error: ')
  })
})

describe('wrong usage is exit code 2, with what is allowed', () => {
  test.each([
    ['no command', [], 'a command is missing; there are: types, createsuperuser'],
    ['another command', ['type'], 'there is no command "type"; there are: types, createsuperuser'],
    ['no URL', ['types'], 'types takes the URL of a directory or a service'],
    [
      'a relative URL',
      ['types', '/slumber/'],
      '"/slumber/" is no absolute URL, such as http://localhost:8000/slumber/',
    ],
    ['another scheme', ['types', 'slumber://pizzas/'], 'is no absolute URL'],
    [
      'a user in the URL',
      ['types', 'http://guest:secret@h/'],
      'the user is given with --user or SLUMBER_USER, not in the URL',
    ],
    ['two URLs', ['types', 'http://h/', 'http://i/'], 'types takes one URL; "http://i/" is too much'],
    ['an unknown option', ['types', 'http://h/', '--usr', 'x'], "Unknown option '--usr'"],
    ['--check of nothing', ['types', 'http://h/', '--check'], '--check needs to know of which file'],
    ['a user without a password', ['types', 'http://h/', '--user', 'guest'], 'the user is written name:password'],
  ])('%s', async (_, args, message) => {
    const { status, out, err } = await slumber(args)
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(`slumber: `)
    expect(err).toContain(message)
    expect(err).toContain('slumber --help')
    expect(err).not.toContain('secret')
  })
})

describe('slumber --help and --version', () => {
  test('tell what there is', async () => {
    const { status, out } = await slumber(['--help'])
    expect(status).toBe(0)
    expect(out).toContain('slumber types <URL> [-o <file>] [--contracts <file>]')
  })
  test('tell the version', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    } // our own file
    expect(await slumber(['-v'])).toEqual({ status: 0, out: `${manifest.version}\n`, err: '' })
  })
})
