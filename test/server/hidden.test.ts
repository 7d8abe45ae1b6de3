// What is excluded is nowhere: not in documents, data, filters, faults, tags or links; and values of others change nothing.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hal, serving, type Answer } from './fixture.ts'

const api = serving()

const withoutId = ({ status, headers, text }: Answer): string =>
  JSON.stringify([
    status,
    [...headers].filter(([name]) => name !== 'request-id'),
    text.replace(/"requestId":"[^"]*"/, ''),
  ])

test('no document and no row has the name or the column of a hidden field', async () => {
  for (const path of [
    '/',
    '/menu/',
    '/menu/Pizza/-/model',
    '/menu/Shop/-/model',
    '/-/contract',
    '/menu/Shop',
    '/menu/Shop/1',
    '/menu/Pizza',
  ]) {
    for (const asked of [{}, hal]) {
      const { text, headers } = await api.get(path, path.includes('-/') || path.endsWith('/') ? {} : asked)
      expect(text + JSON.stringify([...headers])).not.toMatch(/recipe|owner|owned_by|for_sale|max_extra|exclusive_to"/)
    }
  }
})

const uses: readonly ((name: string) => Promise<Answer>)[] = [
  (name) => api.get(`/menu/Pizza?${name}=secret-dough`),
  (name) => api.get(`/menu/Pizza?${name}__startswith=s`),
  (name) => api.get(`/menu/Pizza?${name}__isnull=true`),
  (name) => api.get(`/menu/Pizza?sort=${name}`),
  (name) => api.get(`/menu/Pizza?sort=-${name}`),
  (name) => api.get(`/menu/Pizza?fields=${name}`),
  (name) => api.get(`/menu/Pizza/1?fields=${name}`),
  (name) => api.get(`/menu/Price?pizza.${name}=secret-dough`),
  (name) => api.get(`/menu/Pizza/-/get?${name}=secret-dough`),
  (name) => api.patch('/menu/Pizza/1', { [name]: 'x' }),
  (name) => api.post('/menu/Pizza', { [name]: 'x' }),
  (name) => api.put('/menu/Pizza/1', { name: 'Margherita', price: '7', [name]: 'x' }),
]

test('a hidden field cannot be told from one that does not exist, wherever its name is used', async () => {
  const before = await api.dump()
  for (const use of uses) {
    const hidden = withoutId(await use('recipe'))
    expect(hidden.replaceAll('recipe', 'absent')).toBe(withoutId(await use('absent')))
  }
  expect(await api.dump()).toBe(before)
})

test('the database’s own names of columns are no names', async () => {
  for (const name of ['for_sale', 'max_extra_toppings', 'rowid', 'oid', '_rowid_']) {
    expect((await api.get(`/menu/Pizza?${name}=1`)).status).toBe(400)
    expect((await api.patch('/menu/Pizza/1', { [name]: 1 })).status).toBe(422)
  }
})

describe('non-interference', () => {
  test('whatever stands in hidden columns, every answer is the same to the byte', async () => {
    const paths = [
      '/menu/Pizza',
      '/menu/Pizza/1',
      '/menu/Pizza?sort=-price&limit=2',
      '/menu/Pizza/-/get?name=Marinara',
      '/menu/Shop/1/pizzas',
    ]
    const answers = async (): Promise<string[]> => {
      const all: string[] = []
      for (const path of paths) all.push(withoutId(await api.get(path)), withoutId(await api.get(path, hal)))
      return all
    }
    const first = await answers()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (recipe) => {
        await api.client.execute({ sql: 'UPDATE pizza SET recipe = ?', args: [recipe] })
        expect(await answers()).toEqual(first)
      }),
      { numRuns: 20 },
    )
  })
})
