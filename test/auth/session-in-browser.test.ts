// A session in a real browser: its rules for cookies, redirects behind forms and names below localhost are the ones that count.
import { expect, test } from 'vitest'
import { session, signIn } from 'slumberjs/auth'
import { serve } from 'slumberjs/node'
import { app, service, type Service } from 'slumberjs/server'
import { startBrowser } from '../examples/chromium.ts'
import { accounting, kitchen, passwords } from './fixture.ts'
import { transport } from './small-browser.ts'

const system = accounting()

test('Chromium keeps the cookies over plain http below localhost, and follows the way there and back', async () => {
  const hosts = new Map<string, Service>()
  const server = await serve((request, info) => hosts.get(new URL(request.url).hostname)!.fetch(request, info))
  const at = (name: string): string => `http://${name}.localhost:${server.port}/slumber/${name}/`
  const [auth, pizzas] = [at('auth'), at('pizzas')]
  const { database, verify } = system
  const users = ({ name }: { readonly name: string }) => ({ name, superuser: false, permissions: [] })
  const signingIn = signIn({ url: auth, verify, users, services: [pizzas] })
  const sessions = session({ url: pizzas, auth, transport })
  hosts.set(
    'auth.localhost',
    service('auth', { url: auth, database, apps: [app('empty', {})], authenticate: [signingIn] }),
  )
  hosts.set('pizzas.localhost', service('pizzas', { url: pizzas, database, apps: [kitchen], authenticate: [sessions] }))
  const browser = await startBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`${pizzas}-/sign-in`)
    await page.getByLabel('Name').fill('clerk')
    await page.getByLabel('Password').fill(passwords.clerk)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('"user":"clerk"').waitFor()
    expect(await page.getByText(`"name":"pizzas"`).count()).toBe(1)
  } finally {
    await browser.close()
    await server.close()
  }
}, 120_000)
