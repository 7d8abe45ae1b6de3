// Lists of rows that are written at once, in whatever order each names them: whoever comes second waits, and nobody has to begin anew.
import { describe, expect, test } from 'vitest'
import { dialects } from './dialects.ts'
import { everything, servingOrders } from './orders.ts'

describe.each(dialects.filter(({ kind }) => kind !== 'sqlite'))('two lists of the same rows ($name)', (dialect) => {
  const told: string[] = []
  const api = servingOrders(dialect, {
    on: { 'o.Order': { beforeUpdate: ({ user, before }) => void told.push(`${user.name} ${String(before['id'])}`) } },
  })
  const ids = Array.from({ length: 20 }, (_, index) => index + 11)

  test.each(['strict', 'each by itself'])('in opposite orders are both written (%s)', async (mode) => {
    const values = ids.map((id) => `(${id}, 'n${id}', 'ann')`).join(',')
    await api.sql(`INSERT INTO orders (id, number, customer) VALUES ${values}`)
    const write = (name: string, order: readonly number[]) =>
      api.patch(
        '/o/Order',
        order.map((id) => ({ id, customer: name })),
        { as: everything(name), headers: mode === 'strict' ? { prefer: 'handling=strict' } : {} },
      )
    for (let round = 0; round < 3; round++) {
      told.length = 0
      const answers = await Promise.all([write('ann', ids), write('bob', ids.toReversed())])
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      // Whoever was first has written all rows before the other wrote one.
      const names = told.map((each) => each.split(' ')[0])
      const [first] = names
      expect(names).toHaveLength(2 * ids.length)
      expect(names.slice(0, ids.length).every((name) => name === first)).toBe(true)
    }
    const [row] = await api.sql('SELECT min(version) AS low, max(version) AS high FROM orders WHERE id > 10')
    expect(row).toEqual({ low: 7, high: 7 })
  })
})
