// References by a unique column that is not the key: what their column holds is of that column, and no URL tells it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient, type Client as Database } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { basic, connect, type Reference, type UntypedInstance, type UntypedNode } from 'slumberjs'
import { basic as basicScheme } from 'slumberjs/auth'
import { app, model, service } from 'slumberjs/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const shops = sqliteTable('shop', {
  id: integer().primaryKey(),
  no: integer().notNull().unique(),
  code: text().notNull().unique(),
})
const pizzas = sqliteTable('pizza', {
  id: integer().primaryKey(),
  name: text().notNull(),
  shopNo: integer().references(() => shops.no),
  shopCode: text().references(() => shops.code),
})

const url = 'http://pizzas.test/slumber/pizzas/'
let folder: string
let database: Database
let menu: UntypedNode
const requests: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slumber-keys-'))
  database = createClient({ url: pathToFileURL(join(folder, 'menu.db')).href })
  await database.executeMultiple(`
    CREATE TABLE shop (id integer PRIMARY KEY, no integer NOT NULL UNIQUE, code text NOT NULL UNIQUE);
    CREATE TABLE pizza (id integer PRIMARY KEY, name text NOT NULL, shopNo integer REFERENCES shop (no), shopCode text REFERENCES shop (code));
    INSERT INTO shop VALUES (1, 2, 'alta'), (2, 1, 'luigi');
    INSERT INTO pizza VALUES (1, 'of Alta', 2, NULL), (2, 'of Luigi', 1, NULL);`)
  const { fetch } = service('pizzas', {
    url,
    database: drizzle({ client: database }),
    apps: [
      app('menu', {
        Shop: model(shops, { display: 'code', fields: { code: { read: (user) => user.name !== 'cook' } } }),
        Pizza: model(pizzas, {
          display: 'name',
          references: {
            shopNo: { name: 'shop', inverse: 'pizzas', to: shops },
            shopCode: { name: 'byCode', inverse: 'byCode', to: shops },
          },
        }),
      }),
    ],
    authenticate: [basicScheme(async (name) => ({ name, superuser: true, permissions: [] }))],
  })
  requests.length = 0
  const transport = async (request: Request): Promise<Response> => {
    requests.push(decodeURIComponent(request.url.slice(url.length)))
    return await fetch(request)
  }
  menu = connect({ service: url, transport, authenticate: basic('cook', 'x') })['menu']! // any name is a node
})
afterEach(async () => {
  database.close()
  await rm(folder, { recursive: true, force: true })
})

const namesIn = async (list: AsyncIterable<UntypedInstance>): Promise<readonly unknown[]> => {
  const names: unknown[] = []
  for await (const { name } of list) names.push(name)
  return names
}

test('a filter by an instance finds what refers to it', async () => {
  const alta = await menu['Shop']!.get({ id: 1 })
  expect(await namesIn(menu['Pizza']!.filter({ shop: alta }))).toEqual(['of Alta'])
  expect(await namesIn(menu['Pizza']!.filter({ shop: { id: 1 } }))).toEqual(['of Alta'])
})

test('create and update by an instance refer to it', async () => {
  const [alta, luigi] = (await menu['Shop']!.sort('id').page()).items
  const made = await menu['Pizza']!.create({ id: 3, name: 'new', shop: alta })
  expect(made.data['shopNo']).toBe(2)
  await made.update({ shop: luigi })
  expect(made.data['shopNo']).toBe(1)
  await made.update({ shop: null })
  expect(made.data['shopNo']).toBeNull()
})

describe('what only a URL is known of', () => {
  test('is refused before anything is written, with what can be given', async () => {
    const reference = connect({ service: url }).reference(`${url}menu/Shop/1`)
    await menu['Shop']!.get({ id: 1 })
    requests.length = 0
    const message = `"shopNo" holds "no" of menu.Shop, which ${url}menu/Shop/1 does not tell: give "shopNo".`
    for (const call of [
      menu['Pizza']!.create({ id: 3, name: 'new', shop: reference }),
      menu['Pizza']!.filter({ shop: reference }).page(),
    ]) {
      await expect(call).rejects.toThrow(new TypeError(message))
    }
    const narrow = await menu['Shop']!.get({ id: 1 }, { fields: ['id'] })
    await expect(menu['Pizza']!.create({ name: 'new', shop: narrow })).rejects.toThrow(message)
    expect(requests).toEqual(['menu/Shop/-/get?id=1&fields=id'])
  })

  test('is refused too where the column is one that callers might not know of', async () => {
    const alta = await menu['Shop']!.get({ id: 1 })
    await expect(menu['Pizza']!.filter({ byCode: alta }).page()).rejects.toThrow(
      `"shopCode" holds no key of menu.Shop, which ${url}menu/Shop/1 does not tell: give "shopCode".`,
    )
  })
})

test('an instance that came with the row is behind its reference', async () => {
  const pizza = await menu['Pizza']!.get({ id: 1 }, { expand: { shop: true } })
  const shop = await (pizza['shop'] as Reference<UntypedInstance>).get()
  expect([shop.url, shop['no']]).toEqual([`${url}menu/Shop/1`, 2])
})
