// The client as it is built, unchanged in other runtimes: Deno, Bun, and workerd, which runs Workers. Browsers have a test of their own.

import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toolPath } from '../../scripts/tools.mjs'
import { freePorts } from './running.ts'
import { startPizzas, type Pizzas } from './small-pizzas.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const program = 'test/examples/elsewhere.mjs'
const folder = mkdtempSync(join(tmpdir(), 'slumber-runtimes-'))
let pizzas: Pizzas
let runtimes: string

beforeAll(async () => {
  pizzas = await startPizzas(await freePorts(4), join(folder, 'data'))
  runtimes = `${await toolPath('runtimes')}/.bin`
}, 300_000)

afterAll(async () => {
  await pizzas?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const whatIsThere = {
  names: ['Diavola', 'Margherita', 'Marinara'],
  country: 'Italy',
  order: ['cancelled', true],
  isUnchanged: true,
  conflict: true,
  missing: 404,
}

/** Runs the program as the main module of a process. */
async function run(command: string, ...options: readonly string[]): Promise<unknown> {
  const main = join(folder, 'main.mjs')
  const visit = `await visit(${JSON.stringify(pizzas.directory)})`
  const url = pathToFileURL(join(root, program)).href
  writeFileSync(main, `import { visit } from '${url}'\nconsole.log(JSON.stringify(${visit}))\n`)
  const { stdout } = await promisify(execFile)(command, [...options, main])
  return JSON.parse(stdout)
}

describe('the client runs', { timeout: 60_000 }, () => {
  test('in Node', async () => {
    expect(await run(process.execPath)).toEqual(whatIsThere)
  })

  test('in Deno, which lets it use the network and nothing else', async () => {
    const only = ['--allow-net=localhost', '--no-prompt', '--no-config', '--no-lock', '--no-remote', '--no-npm']
    expect(await run(`${runtimes}/deno`, 'run', ...only)).toEqual(whatIsThere)
  })

  test('in Bun', async () => {
    expect(await run(`${runtimes}/bun`, 'run', '--no-install')).toEqual(whatIsThere)
  })

  test('in a Worker, without the modules of Node', async () => {
    const [port] = await freePorts(1)
    const worker = spawn(`${runtimes}/workerd`, ['serve', makeWorker(port ?? 0), '--control-fd=3'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    let said = ''
    worker.stderr?.on('data', (text: Buffer) => (said += String(text)))
    const ended = new Promise((resolve) => worker.once('close', resolve))
    try {
      // The control channel tells when the port is listened on.
      await Promise.race([new Promise((resolve) => worker.stdio[3]?.once('data', resolve)), ended])
      const response = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error)
      if (!(response instanceof Response)) throw new Error(said, { cause: response })
      expect(await response.json()).toEqual(whatIsThere)
    } finally {
      worker.kill()
      await ended
    }
  })
})

/** The configuration of a Worker that runs the program, beside copies of its modules; the path of the file. */
function makeWorker(port: number): string {
  const place = join(folder, 'worker')
  const modules = [program, 'dist/entries/client.js', ...filesBelow('dist/client'), ...filesBelow('dist/wire')]
  for (const file of modules) cpSync(join(root, file), join(place, file), { recursive: true })
  const answer = `Response.json(await visit(${JSON.stringify(pizzas.directory)}))`
  writeFileSync(
    join(place, 'worker.js'),
    `import { visit } from './${program}'\nexport default { fetch: async () => ${answer} }\n`,
  )
  const embedded = ['worker.js', ...modules].map((file) => `(name = "${file}", esModule = embed "${file}")`)
  const file = join(place, 'config.capnp')
  writeFileSync(
    file,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [${embedded.join(', ')}], compatibilityDate = "2026-01-01", globalOutbound = "here")),
    (name = "here", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
  )
  return file
}

function filesBelow(path: string): readonly string[] {
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => `${path}/${name.replaceAll('\\', '/')}`)
}

test('the built client imports files of its own and nothing else', () => {
  const imports = /^import\b[^;']*'([^']+)'|^export\b[^;'=]*\bfrom '([^']+)'|\bimport\((.*)\)/gm
  const seen = new Set<string>()
  const follow = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, imported, exported, dynamic] of readFileSync(file, 'utf8').matchAll(imports)) {
      const from = imported ?? exported ?? dynamic ?? ''
      expect([file, from]).toEqual([file, expect.stringMatching(/^\.\.?\//)])
      follow(join(dirname(file), from))
    }
  }
  follow(join(root, 'dist/entries/client.js'))
  expect(seen.size).toBeGreaterThan(20)
})
