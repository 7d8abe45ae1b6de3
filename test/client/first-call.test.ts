// What a first call waits for, the directory, the contract and the proxies, is waited for no longer than the call itself.
import { connect, TimedOut, type Client, type UntypedServices } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'
import { root } from './sending/fixture.ts'

const here = fixture()

describe('a directory that does not answer is waited for no longer than', () => {
  const slow = (): Client<UntypedServices> =>
    connect({ directory: root, transport: () => new Promise(() => {}), timeout: 60_000, tryTimeout: 60_000 })

  test('with({ timeout }) says', async () => {
    const call = slow().with({ timeout: 5 })['x']!['menu']!['Pizza']!.get({ id: 1 }) // any name is a node
    await expect(call).rejects.toThrow(TimedOut)
    await expect(call).rejects.toThrow(`GET ${root}: no answer in`)
  })

  test('a call says', async () => {
    await expect(slow().get('http://elsewhere.test/x', { timeout: 5 })).rejects.toThrow(TimedOut)
  })

  test('its signal says', async () => {
    const signal = AbortSignal.abort(new Error('gone'))
    await expect(slow().with({ signal })['x']!['menu']!['Pizza']!.get({ id: 1 })).rejects.toThrow('gone')
    await expect(slow().get('http://elsewhere.test/x', { signal })).rejects.toThrow('gone')
  })
})

describe('proxies that are loaded', () => {
  test('are loaded again after a failure, and once for calls of one moment', async () => {
    let loads = 0
    const proxies = async (): Promise<readonly []> => {
      if (loads++ === 0) throw new Error('cut off')
      return []
    }
    const { Pizza, Shop } = here.client('cook', { proxies }).pizzas.menu
    await expect(Pizza.get({ id: 1 })).rejects.toThrow('cut off')
    await Promise.all([Pizza.get({ id: 1 }), Shop.get({ id: 1 })])
    await Pizza.get({ id: 2 })
    expect(loads).toBe(2)
  })

  test('are waited for no longer than a call', async () => {
    const client = here.client('cook', {
      directory: here.system.directory,
      timeout: 5,
      proxies: () => new Promise(() => {}),
    })
    await expect(client.pizzas.menu.Pizza.get({ id: 1 })).rejects.toThrow(TimedOut)
  })
})
