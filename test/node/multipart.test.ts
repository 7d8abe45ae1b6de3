// What hostile forms do to a resource that takes them, over a socket: they are refused whole, and no file has a path.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { multipart, resource, router } from 'slumberjs/http'
import { serve, type Server } from 'slumberjs/node'
import { silentLogger } from '../../src/wire/index.ts'
import { ask, type RawAnswer } from './raw-client.ts'

let handled = 0

class Uploads extends resource('/uploads') {
  override accepts = [multipart]
  async POST(): Promise<unknown> {
    handled += 1
    const content = (await this.data()) as Readonly<Record<string, unknown>> // a form has fields
    const files = Object.values(content).filter((value) => value instanceof File)
    return Promise.all(files.map(async (file) => ({ name: file.name, type: file.type, text: await file.text() })))
  }
}

let server: Server | undefined
beforeAll(async () => {
  server = await serve(router([Uploads], { logger: silentLogger }))
})
afterAll(() => server?.close())

function post(content: string): Promise<RawAnswer> {
  const head = `POST /uploads HTTP/1.1\r\nHost: 127.0.0.1:${server?.port}\r\nContent-Length: ${content.length}\r\n`
  return ask(server?.port ?? 0, `${head}Content-Type: multipart/form-data; boundary=limit-7\r\n\r\n${content}`)
}

const part = (fields: string, value = '1'): string =>
  `--limit-7\r\nContent-Disposition: form-data; ${fields}\r\n\r\n${value}\r\n`
const end = '--limit-7--\r\n'

describe('A072 a form', () => {
  test.each([
    ['of 10,000 parts', 400, Array.from({ length: 10_000 }, (_, index) => part(`name="${index}"`)).join('') + end],
    ['of 10,000 files', 400, part('name="f"; filename="f"').repeat(10_000) + end],
    ['with a part whose header is a megabyte', 413, part(`name="a"; x="${'x'.repeat(1_048_576)}"`) + end],
    ['without its end', 400, part('name="a"')],
    ['that ends in the middle of a header', 400, `${part('name="a"')}--limit-7\r\nContent-Dispo`],
    ['whose parts have no name', 400, part('filename="a"') + end],
    ['with the name of a prototype', 400, part('name="__proto__"; filename="a"') + end],
  ])('%s is refused', async (_, status, content) => {
    handled = 0
    expect([(await post(content)).status, handled]).toEqual([status, 0])
  })

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['/etc/cron.d/x', 'x'],
    [String.raw`..\\..\\windows\\win.ini`, 'win.ini'],
    [String.raw`C:\\menu.csv`, 'menu.csv'],
    ['a/..', ''],
    ['..', ''],
    ['.', ''],
    ['a/', ''],
    ['.htaccess', '.htaccess'],
    ['menu.v2.csv', 'menu.v2.csv'],
  ])('gives a file the last part of its name alone: %j', async (sent, name) => {
    const { status, body } = await post(part(`name="f"; filename="${sent}"\r\nContent-Type: text/csv`, 'a,b') + end)
    expect([status, JSON.parse(body)]).toEqual([200, [{ name, type: 'text/csv', text: 'a,b' }]])
  })
})
