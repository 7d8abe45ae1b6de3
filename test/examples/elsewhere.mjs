// What the client is to do in every runtime, as it is built: nothing here, and nothing that is imported, belongs to one of them.

import { basic, connect, NotFound, PreconditionFailed } from '../../dist/entries/client.js'

/** @param {string} directory of the pizza example. */
export const visit = async (directory) => {
  const { pizzas, takeaway } = connect({ directory, authenticate: basic('admin', 'admin-demo') })
  const { Pizza, Shop } = pizzas.menu

  const names = []
  const cheap = Pizza.filter({ price: { lt: '9.5' } }).sort('name')
  for await (const { name } of cheap) names.push(name)

  const special = await Pizza.get({ name: 'Moda Speciale' })
  const shop = await special.exclusiveTo.get()
  const city = await shop.city.get()
  const country = await city.country.get()

  const order = await takeaway.orders.Order.create({ shop, pizza: special, customer: 'Grace' })
  await order.cancel()
  await order.refresh()

  const [mine, theirs] = await Promise.all([Pizza.get({ id: 1 }), Pizza.get({ id: 2 })])
  const late = await Pizza.get({ id: 1 })
  await mine.update(({ maxExtraToppings }) => ({ maxExtraToppings: Number(maxExtraToppings) + 1 }))
  const refused = await failureOf(late.update({ price: '1' }))
  const missing = await failureOf(Shop.get({ slug: 'nowhere' }))

  return {
    names,
    country: country.name,
    order: [order.status, order.placedAt instanceof Date],
    isUnchanged: !(await theirs.refresh()),
    conflict: refused instanceof PreconditionFailed && refused.current.maxExtraToppings === mine.maxExtraToppings,
    missing: missing instanceof NotFound && missing.status,
  }
}

/** @param {Promise<unknown>} call */
const failureOf = async (call) => {
  try {
    return await call
  } catch (error) {
    return error
  }
}
