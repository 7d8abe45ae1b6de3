// The examples of docs/client.md do what the page says, against the server of the README.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { basic, connect, type Client } from 'slumberjs'
import type { Server } from 'slumberjs/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graph } from '../../examples/client/graph.ts'
import { label } from '../../examples/client/proxies.ts'
import { sameRepository } from '../../examples/client/same-repository.ts'
import { write } from '../../examples/client/write.ts'
import { startMenu } from '../../examples/readme/menu.ts'
import type { Services } from '../../examples/readme/services.d.ts'
import { freePorts } from './running.ts'

const folder = mkdtempSync(join(tmpdir(), 'slumber-client-page-'))
const authenticate = basic('ada', 'engine')
let server: Server | undefined
let pizzas = ''
let client: Client<Services> | undefined

beforeAll(async () => {
  const [port = 0] = await freePorts(1)
  server = await startMenu(join(folder, 'menu.db'), port)
  pizzas = `http://localhost:${port}/slumber/pizzas/`
  client = connect<Services>({ directory: { pizzas }, authenticate })
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('lists and references', async () => {
  const shop = 'Alta Moda'
  expect(await graph(client!)).toEqual([['Moda Speciale', 'Margherita'], 2, true, shop, [shop, null], 2])
})

test('a service and its client in one repository', async () => {
  expect(await sameRepository()).toEqual([['Notes', 'Engines'], 19, 'Bob', 1852])
})

test('writes', async () => {
  expect(await write(client!)).toEqual(['Capricciosa grande', '10.5', '10.5'])
})

test('members of one’s own', async () => {
  expect(await label(pizzas, authenticate)).toBe('Margherita, 7.5')
})
