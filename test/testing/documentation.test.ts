// The example of docs/client.md runs as it stands, over contracts that are those of the README's service.
import { mkdtemp, rm, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { basic, connect } from 'slumberjs'
import { expect, test } from 'vitest'
import { startMenu } from '../../examples/readme/menu.ts'
import { freePorts } from '../examples/running.ts'

// It has tests of its own.
await import('../../examples/testing/raise.test.ts')

test('its contracts are as the service says them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'slumber-testing-'))
  const [port = 0] = await freePorts(1)
  const server = await startMenu(join(folder, 'menu.db'), port)
  try {
    const directory = { pizzas: `http://localhost:${port}/slumber/pizzas/` }
    const client = connect({ directory, authenticate: basic('ada', 'engine') })
    const { text } = await client.get(`${directory.pizzas}-/contract`)
    const said: unknown = JSON.parse(`[${text.replaceAll(`localhost:${port}`, 'localhost:8001')}]`)
    const file = new URL('../../examples/testing/contracts.json', import.meta.url)
    expect(said).toEqual(JSON.parse(await readFile(file, 'utf8')))
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
})
