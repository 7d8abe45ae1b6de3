// As much of a browser as sessions need: cookies by host, and the fields by which it tells who made a request. Any name leads to this machine.
import { request as send } from 'node:http'

export interface Page {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly url: string
}

interface Visit {
  readonly method?: string
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** The origin of the page that asks; none where somebody types the address. */
  readonly from?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One request to the server behind a name, which no resolver has to know. */
export function sendTo(url: string, visit: Visit & { readonly body?: string } = {}): Promise<Page> {
  const { host, port, pathname, search } = new URL(url)
  const { method = 'GET', headers = {}, body = '' } = visit
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path: pathname + search, agent: false as const }
    const asked = send({ ...options, headers: { ...headers, host } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const lines = new Headers()
        for (let index = 0; index < answer.rawHeaders.length; index += 2) {
          lines.append(answer.rawHeaders[index] ?? '', answer.rawHeaders[index + 1] ?? '')
        }
        resolve({ status: answer.statusCode ?? 0, headers: lines, text: Buffer.concat(chunks).toString(), url })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** The transport of one service to another, over the same way. */
export async function transport(request: Request): Promise<Response> {
  const { method, url } = request
  const body = await request.text()
  const { status, headers, text } = await sendTo(url, { method, headers: Object.fromEntries(request.headers), body })
  return new Response(status === 204 ? null : text, { status, headers })
}

export class SmallBrowser {
  /** By host, without its port: cookies know none. */
  readonly jar = new Map<string, Map<string, string>>()

  /** One request, without following. */
  async ask(url: string, { from, form, json, ...visit }: Visit = {}): Promise<Page> {
    const { hostname, origin } = new URL(url)
    const cookies = [...this.#of(hostname)].map(([name, value]) => `${name}=${value}`).join('; ')
    const content = form === undefined ? json && JSON.stringify(json) : String(new URLSearchParams(form))
    const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
    const isUnsafe = (visit.method ?? 'GET') !== 'GET'
    const headers = {
      accept: 'text/html,*/*;q=0.1',
      'sec-fetch-site': from === undefined ? 'none' : siteOf(from, origin),
      ...(from !== undefined && isUnsafe ? { origin: from } : {}),
      ...(cookies === '' ? {} : { cookie: cookies }),
      ...(typeof content === 'string' ? { 'content-type': type, 'content-length': String(content.length) } : {}),
      ...visit.headers,
    }
    const page = await sendTo(url, { ...visit, headers, body: typeof content === 'string' ? content : '' })
    for (const line of page.headers.getSetCookie()) this.#keep(hostname, line)
    return page
  }

  /** Follows redirects, as a link from nowhere does. */
  async open(url: string): Promise<Page> {
    let page = await this.ask(url)
    for (let hops = 0; hops < 10 && page.status === 303; hops++) {
      page = await this.ask(new URL(page.headers.get('location') ?? '', page.url).href)
    }
    return page
  }

  /** Fills in the form of a page, sends it, and follows. */
  async submit(page: Page, fields: Readonly<Record<string, string>>): Promise<Page> {
    const answer = await this.ask(actionOf(page), {
      method: 'POST',
      form: { ...hiddenOf(page), ...fields },
      from: new URL(page.url).origin,
    })
    return answer.status === 303
      ? await this.open(new URL(answer.headers.get('location') ?? '', answer.url).href)
      : answer
  }

  #of(host: string): Map<string, string> {
    const known = this.jar.get(host) ?? new Map<string, string>()
    this.jar.set(host, known)
    return known
  }

  #keep(host: string, line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const [name = '', value = ''] = pair.split(/=(.*)/)
    if (attributes.includes('Max-Age=0')) this.#of(host).delete(name)
    else this.#of(host).set(name, value)
  }
}

export function actionOf({ text, url }: Page): string {
  return new URL(/action="([^"]*)"/.exec(text)?.[1] ?? '', url).href
}

export function hiddenOf({ text }: Page): Record<string, string> {
  const fields = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
  return Object.fromEntries([...fields].map(([, name, value = '']) => [name, value.replaceAll('&amp;', '&')]))
}

function siteOf(from: string, to: string): string {
  return from === to ? 'same-origin' : 'cross-site'
}
