// The page of the pizza example in a real browser: it lists, edits and follows references through the client, under its strict policy.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { basic, connect, type Client } from 'slumberjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Services } from '../../examples/pizza/slumber.d.ts'
import { startBrowser, type Browser, type Locator, type Page } from './chromium.ts'
import { freePorts } from './running.ts'
import { startPizzas, type Pizzas } from './small-pizzas.ts'

const folder = mkdtempSync(join(tmpdir(), 'slumber-browser-'))
let pizzas: Pizzas
let browser: Browser
let page: Page

/** What the browser complains of: of refused requests it always does. */
const complaints: string[] = []
const requested: URL[] = []

beforeAll(async () => {
  pizzas = await startPizzas(await freePorts(4), folder)
  browser = await startBrowser()
  page = await browser.newPage()
  page.setDefaultTimeout(15_000) // before the test's own, so that it says what was waited for
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => requested.push(new URL(request.url())))
  await page.goto(pizzas.page)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await pizzas?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Somebody else, at the same time. */
const other = (): Client<Services>['pizzas']['menu']['Pizza'] =>
  connect<Services>({ directory: pizzas.directory, authenticate: basic('admin', 'admin-demo') }).pizzas.menu.Pizza

const signIn = async (password: string): Promise<void> => {
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const find = async (text: string): Promise<void> => {
  await page.getByLabel('Name contains').fill(text)
  await page.getByRole('button', { name: 'Find' }).click()
}

const open = async (name: string): Promise<void> => {
  await find(name)
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('heading', { name, exact: true }).waitFor()
}

const save = async (price: string): Promise<void> => {
  await page.getByLabel('Price').fill(price)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

const conflict = (): Locator => page.getByRole('region', { name: 'Conflict' })

/** Waits until the page says something of that kind, and gives all of it. */
const said = async (role: 'alert' | 'status', part: string): Promise<string> =>
  await page.getByRole(role).filter({ hasText: part }).innerText()

/** Waits until the list begins with a pizza; its texts by row. */
const rowsFrom = async (first: string): Promise<readonly string[]> => {
  const menu = page.getByRole('region', { name: 'Pizzas' })
  await menu.getByRole('row').filter({ hasText: first }).waitFor()
  return (await menu.getByRole('row').allInnerTexts()).slice(1).map((text) => text.replaceAll('\t', '|'))
}

describe('the page', () => {
  test('a wrong password is said on the page', async () => {
    await page.getByRole('form', { name: 'Sign in' }).getByLabel('Name').fill('admin')
    await signIn('wrong')
    expect(await said('alert', 'credentials')).toBe('These credentials are not accepted.')
  })

  test('lists the menu page by page, in the order of names', async () => {
    await signIn('admin-demo')
    expect(await rowsFrom('Capricciosa')).toEqual([
      'Capricciosa|€ 10.4|yes|',
      'Diavola|€ 9.2|yes|',
      'Luigi Extra|€ 12.3|yes|Da Luigi',
      'Margherita|€ 7.5|yes|',
    ])
    expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Next page' }).click()
    expect(await rowsFrom('Marinara')).toEqual([
      'Marinara|€ 6.9|yes|',
      'Moda Speciale|€ 13.7|yes|Alta Moda',
      'Quattro Formaggi|€ 9.8|yes|',
    ])
    await page.getByRole('button', { name: 'Next page' }).click()
    expect(await said('status', 'page')).toBe('That was the last page.')
  })

  test('follows references from service to service', async () => {
    await open('Moda Speciale')
    expect(await page.getByText('Sold at').innerText()).toBe('Sold at Alta Moda only, in Milan, Italy.')
  })

  test('saves what was changed', async () => {
    await open('Diavola')
    await save('9.60')
    expect(await said('status', 'saved')).toBe('Diavola is saved.')
    expect(await rowsFrom('Diavola')).toEqual(['Diavola|€ 9.6|yes|'])
    expect((await other().get({ name: 'Diavola' })).data).toMatchObject({ price: '9.6', maxExtraToppings: 3 })
  })

  test('says what the server says of a change that cannot be', async () => {
    await open('Margherita')
    await save('much')
    expect(await said('alert', 'price')).toBe('price: must be a decimal number, as a string such as "9.50"')
  })

  test('shows both states where somebody else was quicker, and saves over theirs', async () => {
    await open('Marinara')
    await (await other().get({ name: 'Marinara' })).update({ price: '7.10', maxExtraToppings: 9 })
    await save('7.30')
    await conflict().waitFor()
    expect(await conflict().getByRole('row').allInnerTexts()).toEqual(['Field\tYours\tTheirs', 'price\t7.30\t7.1'])
    expect((await other().get({ name: 'Marinara' })).data).toMatchObject({ price: '7.1' })
    await page.getByRole('button', { name: 'Save mine over it' }).click()
    expect(await said('status', 'saved')).toBe('Marinara is saved.')
    expect((await other().get({ name: 'Marinara' })).data).toMatchObject({ price: '7.3', maxExtraToppings: 9 })
  })

  test('or keeps theirs', async () => {
    await open('Capricciosa')
    await (await other().get({ name: 'Capricciosa' })).update({ price: '11' })
    await save('12')
    await page.getByRole('button', { name: 'Keep theirs' }).click()
    expect(await rowsFrom('11')).toEqual(['Capricciosa|€ 11|yes|'])
    expect((await other().get({ name: 'Capricciosa' })).data).toMatchObject({ price: '11' })
  })

  test('shows markup in a name as the text that it is', async () => {
    const name = '<img src=x onerror=alert(1)>'
    await other().create({ name, price: '1' })
    await open(name)
    expect(await rowsFrom(name)).toEqual([`${name}|€ 1|yes|`])
  })

  test('the browser complains of nothing but what the services refused', () => {
    expect(complaints.map((text) => /status of (\d+)/.exec(text)?.[1] ?? text)).toEqual(['401', '422', '412', '412'])
  })

  test('everything came from the page’s own origin and the services', () => {
    const own = new URL(pizzas.page).origin
    const paths = requested.filter(({ origin }) => origin === own).map(({ pathname }) => pathname)
    expect(paths).toEqual(expect.arrayContaining(['/', '/page.css', '/page.js', '/slumberjs/entries/client.js']))
    const services = requested.filter(({ pathname }) => pathname.startsWith('/slumber/'))
    expect(new Set(services.map(({ pathname }) => pathname.split('/')[2]))).toEqual(new Set(['', 'pizzas', 'atlas']))
    expect(requested.filter(({ origin }) => !pizzas.origins.includes(origin))).toEqual([])
  })
})

describe('what the page is served with', () => {
  test('a policy that lets nothing else run', async () => {
    const { headers } = await fetch(pizzas.page)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'sha256-[^']+'; style-src 'self'; /)
    expect(policy).not.toMatch(/unsafe|\*/)
  })

  test('an entity tag: what a browser has is not sent again', async () => {
    const url = `${pizzas.page}slumberjs/entries/client.js`
    const { headers } = await fetch(url)
    const again = await fetch(url, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
    expect([headers.get('content-type'), again.status]).toEqual(['text/javascript; charset=utf-8', 304])
  })

  test.each(['site.js', 'slumberjs/entries/server.js', 'slumberjs/server/index.js', 'package.json', 'slumberjs'])(
    'not /%s',
    async (path) => {
      expect((await fetch(pizzas.page + path)).status).toBe(404)
    },
  )
})
