// The pizza system from end to end: four processes on free ports, the tour, and what a user may do to it.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePorts, listen, runExample, type Run } from './running.ts'

const folder = mkdtempSync(join(tmpdir(), 'slumber-pizza-'))
const root = new URL('../../', import.meta.url)
const minute = 60_000
let ports: readonly number[] = []
let options: readonly string[] = []

beforeAll(async () => {
  ports = await freePorts(4)
  options = [`--ports=${ports.join(',')}`, `--data=${folder}`]
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const basic = (name: string): string => `Basic ${btoa(`${name}:${name}-demo`)}`
const pizzaUrl = (): string => `http://localhost:${ports[1]}/slumber/pizzas/menu/Pizza/1`

describe('the pizza system', () => {
  test(
    'an interrupted first start leaves nothing half filled: the next one says so and repairs it',
    { timeout: 2 * minute },
    async () => {
      const first = runExample('--exit', ...options)
      await untilThere(join(folder, 'atlas.unfinished.db'), first)
      first.child.kill('SIGKILL')
      await first.ended
      expect(existsSync(join(folder, 'atlas.db'))).toBe(false)

      const second = runExample('--exit', ...options)
      expect([await second.ended, second.output()]).toEqual([
        0,
        expect.stringContaining('An earlier start was interrupted'),
      ])
      expect(second.output()).toContain('Every step gave what it should.')
      expect(second.output()).not.toContain('✗')
      expect(readdirSync(folder).filter((file) => file.includes('unfinished') || file === 'running.pid')).toEqual([])
    },
  )

  describe('while it is up', () => {
    let run: Run

    beforeAll(async () => {
      run = runExample(...options)
      await run.says('Ctrl-C ends everything')
    }, 2 * minute)

    test('databases of an earlier start are left alone', () => {
      expect(run.output()).not.toContain('Filled the database')
    })

    test('an instance is a plain JSON object with an entity tag', async () => {
      const response = await fetch(pizzaUrl(), { headers: { authorization: basic('admin') } })
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
      expect(response.headers.get('etag')).toMatch(/^"[\w.-]+"$/)
      expect(await response.json()).toMatchObject({
        id: 1,
        name: 'Margherita',
        price: '7.5',
        forSale: true,
        exclusiveToId: null,
      })
    })

    test('the same address as HAL has links', async () => {
      const headers = { authorization: basic('admin'), accept: 'application/hal+json' }
      const response = await fetch(pizzaUrl(), { headers })
      expect(response.headers.get('content-type')).toBe('application/hal+json')
      expect(await response.json()).toMatchObject({
        _links: { self: { href: pizzaUrl(), title: 'Margherita' } },
        name: 'Margherita',
      })
    })

    test('each service is healthy and ready, without credentials, and nothing else is open', async () => {
      for (const [index, name] of ['takeaway', 'pizzas', 'accounting', 'atlas'].entries()) {
        const base = `http://localhost:${ports[index]}/slumber/${name}/`
        const statuses = await Promise.all(
          ['-/health', '-/ready', '', 'nothing/here'].map(async (path) => (await fetch(base + path)).status),
        )
        expect([name, ...statuses]).toEqual([name, 200, 200, 401, 401])
      }
    })

    test('atlas holds 250 countries and 135,233 cities', async () => {
      const headers = { authorization: basic('viewer') }
      const base = `http://localhost:${ports[3]}/slumber/atlas/geo/`
      const countries = (await (await fetch(`${base}Country?limit=1000`, { headers })).json()) as readonly unknown[]
      expect(countries.length).toBe(250)
      let url: string | undefined = `${base}City?limit=1000&fields=id`
      const ids = new Set<number>()
      while (url !== undefined) {
        const response: Response = await fetch(url, { headers })
        for (const { id } of (await response.json()) as readonly { id: number }[]) ids.add(id)
        url = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
      }
      expect(ids.size).toBe(135_233)
    })

    test('the types beside the tour are those that `slumber types` writes for the running services', async () => {
      const target = join(folder, 'slumber.d.ts')
      const directory = `http://localhost:${ports[0]}/slumber/`
      const command = fileURLToPath(new URL('dist/cli/main.js', root))
      await promisify(execFile)(process.execPath, [command, 'types', directory, '-o', target], {
        env: { ...process.env, SLUMBER_USER: 'viewer:viewer-demo' },
      })
      const written = readFileSync(target, 'utf8')
      expect(written).toBe(readFileSync(new URL('examples/pizza/slumber.d.ts', root), 'utf8'))
    })

    test('secrets reach no log', () => {
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.log'))) {
        const log = readFileSync(join(folder, file), 'utf8')
        expect(log).toContain('"message":"request"')
        expect(log).not.toMatch(/-demo|Basic |scrypt/)
      }
    })

    test('a second start beside it says who has the data', async () => {
      const second = runExample('--exit', ...options)
      expect(await second.ended).toBe(1)
      expect(second.output()).toContain(`already running on ${folder} (process ${run.child.pid})`)
    })

    test('Ctrl-C ends every process and frees every port', async () => {
      run.child.kill('SIGINT')
      expect(await run.ended).toBe(0)
      const servers = await Promise.all(ports.map((port) => listen(port)))
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
      expect(existsSync(join(folder, 'running.pid'))).toBe(false)
    })
  })

  test('a service that dies is named, and takes the others with it', { timeout: minute }, async () => {
    const run = runExample(...options)
    await run.says('Ctrl-C ends everything')
    process.kill(pidOf('atlas'), 'SIGKILL')
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain('atlas ended (SIGKILL)')
    const servers = await Promise.all(ports.map((port) => listen(port)))
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  })

  // A stopped process takes no SIGTERM, like one that hangs; Windows has no such signal.
  test.skipIf(process.platform === 'win32')(
    'a service that does not end when asked is killed',
    { timeout: minute },
    async () => {
      const run = runExample(...options)
      await run.says('Ctrl-C ends everything')
      process.kill(pidOf('atlas'), 'SIGSTOP')
      run.child.kill('SIGINT')
      expect(await run.ended).toBe(0)
      const servers = await Promise.all(ports.map((port) => listen(port)))
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  )

  test('a database of 0 octets is made anew', { timeout: minute }, async () => {
    const path = join(folder, 'pizzas.db')
    writeFileSync(path, '')
    const run = runExample('--exit', ...options)
    expect([await run.ended, run.output()]).toEqual([0, expect.stringContaining('Filled the database of pizzas.')])
    expect(statSync(path).size).toBeGreaterThan(0)
  })

  test.each<[string, (pizzas: Buffer) => Buffer]>([
    ['that is no database', () => Buffer.from('no database at all\n'.repeat(500))],
    ['that is cut off', (pizzas) => pizzas.subarray(0, pizzas.length / 2)],
    ['of another service', (pizzas) => pizzas],
  ])('a file %s is named, and left as it is', async (_, spoil) => {
    const place = mkdtempSync(join(folder, 'spoilt-'))
    const path = join(place, 'takeaway.db')
    const spoilt = spoil(readFileSync(join(folder, 'pizzas.db')))
    writeFileSync(path, spoilt)
    const run = runExample('--exit', `--ports=${ports.join(',')}`, `--data=${place}`)
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain(`The database ${path} cannot be used (`)
    expect(run.output()).toContain('Delete it, or move it away')
    expect(run.output().trim().split('\n').length).toBe(1)
    expect(readFileSync(path).equals(spoilt)).toBe(true)
  })

  test('a taken port is named, with what to do', { timeout: minute }, async () => {
    const taken = await listen(ports[2] ?? 0)
    const run = runExample('--exit', ...options)
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain(`Port ${ports[2]}, which accounting needs, is taken`)
    await new Promise((resolve) => taken.close(resolve))
  })

  test.each(['1,2', '9200,9200,9201,9202'])('the ports %s are refused with an example', async (wrong) => {
    const run = runExample(`--ports=${wrong}`, `--data=${folder}`)
    expect([await run.ended, run.output()]).toEqual([1, expect.stringContaining('--ports=8000,8001,8002,8003')])
    expect(run.output()).toContain('four different port numbers')
  })

  test('--help prints the options and starts nothing', async () => {
    const run = runExample('--help')
    expect(await run.ended).toBe(0)
    for (const option of ['--exit', '--ports=', '--data=', '--help']) expect(run.output()).toContain(`\n  ${option}`)
  })

  test('an unknown option is named, with the known ones', async () => {
    const run = runExample('--prots=1,2,3,4')
    expect(await run.ended).toBe(1)
    expect(run.output()).toMatch(/Unknown option '--prots'[^]*Usage: npm start/)
  })
})

/** The process that a service named in its log when it last began to listen. */
function pidOf(name: string): number {
  const log = readFileSync(join(folder, `${name}.log`), 'utf8')
  return Number(/"pid":(\d+)/.exec(log.slice(log.lastIndexOf('"pid"')))?.[1])
}

async function untilThere(path: string, run: Run): Promise<void> {
  while (!existsSync(path)) {
    if (run.child.exitCode !== null) throw new Error(run.output())
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  // A moment later the file is being filled.
  await new Promise((resolve) => setTimeout(resolve, 300))
}
