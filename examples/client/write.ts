// Writes: each says what it replaces, and a retried one is done once.

import { PreconditionFailed, type Client } from 'slumberjs'
import type { Services } from '../readme/services.d.ts'

export async function write(client: Client<Services>): Promise<readonly unknown[]> {
  const { Pizza } = client.pizzas.menu
  const pizza = await Pizza.create({ name: 'Capricciosa', price: '9' }) // with an Idempotency-Key

  await pizza.update({ price: '9.50' }) // PATCH with If-Match: only if it is still as it was last seen

  // A function is applied again to the fresh state, where somebody else was quicker; five times at most.
  const same = await Pizza.get({ id: pizza.id })
  await same.update({ name: 'Capricciosa grande' })
  await pizza.update(({ price }) => ({ price: (Number(price) + 1).toFixed(2) }))

  // Without a function it is for you to decide.
  let seen: string | undefined
  try {
    await same.update({ price: '1' })
  } catch (error) {
    if (!PreconditionFailed.isOf(same, error)) throw error
    seen = error.current?.price // the state now
  }

  await pizza.delete() // what is already gone counts as deleted
  return [pizza.name, pizza.price, seen]
}
