// The same client over real sockets: Node's fetch on one side, `serve` on the other.
import { createServer, type AddressInfo } from 'node:net'
import {
  basic,
  connect,
  ConnectionFailed,
  PreconditionFailed,
  TimedOut,
  UnexpectedAnswer,
  type Client,
} from 'slumberjs'
import { serve } from 'slumberjs/node'
import { describe, expect, test } from 'vitest'
import type { Services } from '../types/services.ts'
import { served } from './fixture/served.ts'

const system = served()
const client = (): Client<Services> =>
  connect<Services>({ directory: system().directoryUrl, authenticate: basic('cook', 'cook-demo'), timeout: 5_000 })

/** A port on which connections are taken and nothing is said; or, once closed, a port where nobody is. */
const silentPort = async (): Promise<{ url: string; close: () => Promise<void> }> => {
  const server = createServer((socket) => socket.on('error', () => {}).resume())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on a port
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
  return { url: `http://127.0.0.1:${port}/`, close }
}

describe('over sockets', () => {
  test('a row is read, followed to another service, written and deleted', async () => {
    const { pizzas } = client()
    const shop = await pizzas.menu.Shop.get({ slug: 'alta-moda' })
    const city = await shop.city?.get()
    expect([shop.name, city?.name, city?.population]).toEqual(['Alta Moda', 'Naples', 914_758n])
    const pizza = await pizzas.menu.Pizza.create({ name: 'Über-Pizza', price: '9.5', exclusiveTo: shop })
    expect((await pizzas.menu.Pizza.get({ name: 'Über-Pizza' })).exclusiveTo?.display).toBe('Alta Moda')
    await pizza.update({ limit: 2 })
    expect(await pizza.placeOrder({ quantity: 1 })).toEqual({ pizza: 'Über-Pizza', quantity: 1 })
    await pizza.delete()
    await pizza.delete()
  })

  test('a list is walked page by page, by URLs that escape what needs it', async () => {
    const { PizzaPrice, PizzaCrust } = client().pizzas.menu
    const first = await PizzaPrice.limit(4).page()
    const second = await first.next()
    expect([...first.items, ...(second?.items ?? [])].map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
    const crust = await PizzaCrust.get({ code: 'a/b' })
    expect([crust.name, await crust.refresh()]).toEqual(['Half and half', false])
  })

  test('conditions hold: refresh is 304, a stale update 412', async () => {
    const { Pizza } = client().pizzas.menu
    const [mine, theirs] = [await Pizza.get({ id: 1 }), await Pizza.get({ id: 1 })]
    expect(await mine.refresh()).toBe(false)
    await theirs.update({ price: '8' })
    await expect(mine.update({ price: '9' })).rejects.toThrow(PreconditionFailed)
  })
})

describe('where no service is', () => {
  test('a port where nobody listens is ConnectionFailed, with the reason', async () => {
    const { url, close } = await silentPort()
    await close()
    const error = await connect({ service: url })
      .menu!.Pizza!.page()
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConnectionFailed)
    expect(String(error)).toContain('no connection (ECONNREFUSED)')
  })

  test('a port that says nothing is TimedOut', async () => {
    const { url, close } = await silentPort()
    const error = await connect({ service: url, timeout: 50 })
      .menu!.Pizza!.page()
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TimedOut)
    await close()
  })

  test('another server is UnexpectedAnswer, also where it redirects', async () => {
    const other = await serve((request) =>
      request.url.endsWith('/contract')
        ? new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } })
        : Response.redirect('http://127.0.0.1/elsewhere', 302),
    )
    const alone = connect({ service: `${other.url}/` })
    await expect(alone.menu!.Pizza!.page()).rejects.toThrow('the content is no JSON (text/html)')
    const error = await alone.send({ method: 'POST', url: `${other.url}/x` }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UnexpectedAnswer)
    expect(String(error)).toContain('302: leads to http://127.0.0.1/elsewhere')
    await other.close()
  })
})
