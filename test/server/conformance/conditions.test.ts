// Conditions and writers at once: what was seen is what is written over, and of several exactly one is let through.
import { describe, expect, test } from 'vitest'
import { model, operation, Problem } from 'slumberjs/server'
import { dialects, menuOver, servingOn } from '../dialects.ts'
import type { Answer } from '../fixture.ts'
import { expectRefused, ifMatch, keysOf, tagOf, type Updating } from './asking.ts'

/** More than a pool has connections. */
const many = 8

/** The statuses, the smallest first. */
const inParallel = async (ask: (index: number) => Promise<Answer>): Promise<readonly number[]> => {
  const answers = await Promise.all(Array.from({ length: many }, (_, index) => ask(index)))
  return answers.map(({ status }) => status).toSorted((a, b) => a - b)
}

const repeated = (status: number, count: number): readonly number[] => Array.from({ length: count }, () => status)

describe.each(dialects)('$name', (dialect) => {
  const [written, ended] = [new Gate(), new Gate()]
  const api = servingOn(dialect, ({ shops, crusts }) => ({
    apps: [
      menuOver(dialect, {
        Crust: model(crusts, {
          operations: {
            undone: operation.model({
              POST: {
                run: async ({ tx }) => {
                  await (tx as unknown as Updating).update(shops).set({ name: 'Open' })
                  written.open()
                  await ended.isOpen
                  throw new Problem(409, 'Changed my mind.')
                },
              },
            }),
          },
        }),
      }),
    ],
  }))

  test.each(['PATCH', 'PUT', 'DELETE'])('H156 If-Match lets %s through with the current tag alone', async (method) => {
    const json = method === 'DELETE' ? {} : { json: { name: 'Marinara', price: '6.5' } }
    const ask = (tag: string): Promise<Answer> => api.ask(method, '/menu/Pizza/2', { ...ifMatch(tag), ...json })
    const tag = await tagOf(api, '/menu/Pizza/2')
    await expectRefused(api, () => ask('"stale"'), { status: 412, code: 'precondition-failed' })
    expect((await ask(tag)).status).toBeLessThan(300)
    expect([404, 412]).toContain((await ask(tag)).status)
  })

  test('H139 If-None-Match with the current tag is 304 for a row, a list and a data array', async () => {
    for (const path of ['/menu/Pizza/1', '/menu/Pizza?sort=-price&limit=2', '/menu/Pizza/1/prices']) {
      const tag = await tagOf(api, path)
      expect((await api.get(path, { headers: { 'if-none-match': tag } })).status).toBe(304)
    }
  })

  test('the tag changes with every column that is shown, and with no other', async () => {
    const tag = await tagOf(api, '/menu/Pizza/1')
    await api.sql(`UPDATE pizza SET recipe = 'other' WHERE id = 1`)
    expect(await tagOf(api, '/menu/Pizza/1')).toBe(tag)
    await api.sql(`UPDATE pizza SET max_extra_toppings = 4 WHERE id = 1`)
    expect(await tagOf(api, '/menu/Pizza/1')).not.toBe(tag)
  })

  describe('H167 the condition and the write are one', () => {
    test.each(['PATCH', 'PUT'])('of parallel %ss with one If-Match exactly one is let through', async (method) => {
      const asked = ifMatch(await tagOf(api, '/menu/Pizza/1'))
      const statuses = await inParallel((index) =>
        api.ask(method, '/menu/Pizza/1', { json: { name: 'Margherita', price: String(20 + index) }, ...asked }),
      )
      expect(statuses).toEqual([method === 'PUT' ? 204 : 200, ...repeated(412, many - 1)])
    })

    test('of parallel DELETEs and PATCHes with one If-Match exactly one is let through', async () => {
      const asked = ifMatch(await tagOf(api, '/menu/Pizza/2'))
      const statuses = await inParallel((index) =>
        index % 2 === 0 ? api.delete('/menu/Pizza/2', asked) : api.patch('/menu/Pizza/2', { price: index }, asked),
      )
      expect(statuses.filter((status) => status < 300)).toHaveLength(1)
      expect(statuses.every((status) => [200, 204, 404, 412].includes(status))).toBe(true)
    })

    test('H159 of parallel PUTs with If-None-Match: * exactly one creates', async () => {
      const asked = { headers: { 'if-none-match': '*' } }
      const statuses = await inParallel((index) => api.put('/menu/Crust/new', { name: `n${index}` }, asked))
      expect(statuses.filter((status) => status === 201)).toHaveLength(1)
      expect(statuses.every((status) => status === 201 || status === 412)).toBe(true)
    })

    test('of parallel PUTs without a condition one creates and the others replace', async () => {
      const statuses = await inParallel((index) => api.put('/menu/Crust/new', { name: `n${index}` }))
      expect(statuses).toEqual([201, ...repeated(204, many - 1)])
    })
  })

  test('of parallel creates of one unique value exactly one happens', async () => {
    const statuses = await inParallel(() => api.post('/menu/Pizza', { name: 'Same', price: '1' }))
    expect(statuses).toEqual([201, ...repeated(409, many - 1)])
  })

  test('parallel writes without a condition all happen', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => api.post('/menu/Pizza', { name: `p${index}`, price: index })),
    )
    expect(answers.map(({ status }) => status)).toEqual(repeated(201, 20))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(20)
  })

  test('whoever reads, adds and writes with If-Match until it is let in loses no addition', async () => {
    const path = '/menu/Stock/1,thk'
    const addOne = async (): Promise<void> => {
      for (;;) {
        const { body, headers } = await api.get(path)
        const asked = ifMatch(headers.get('etag') ?? '')
        const { status, text } = await api.patch(path, { quantity: body.quantity + 1 }, asked)
        if (status === 200) return
        if (status !== 412) throw new Error(text)
      }
    }
    await Promise.all(Array.from({ length: 5 }, addOne))
    expect((await api.get(path)).body.quantity).toBe(5)
  })

  test('nobody sees a row of a transaction that has not ended, or is undone', async () => {
    const undone = api.post('/menu/Crust/-/undone', undefined)
    await written.isOpen
    expect((await api.get('/menu/Shop/1')).body.name).toBe('Alta Moda')
    expect(await keysOf(api, '/menu/Shop?name=Open')).toEqual([])
    ended.open()
    expect((await undone).status).toBe(409)
    expect((await api.get('/menu/Shop/1')).body.name).toBe('Alta Moda')
  })
})

/** Lets a test look at the database while a transaction is open. */
class Gate {
  #pass: () => void = () => undefined
  readonly #isPassed = new Promise<void>((resolve) => (this.#pass = resolve))

  get isOpen(): Promise<void> {
    return this.#isPassed
  }
  open(): void {
    this.#pass()
  }
}
