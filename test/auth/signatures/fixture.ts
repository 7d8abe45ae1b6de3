// Requests signed by hand, so that what is signed can be anything: the signature base is built here again, as RFC 9421 §2.5 says it.
import { createHash, randomBytes, sign } from 'node:crypto'
import { generateServiceKey, signed, type Identity, type KeyRecord, type SignedOptions } from 'slumberjs/auth'
import type { Scheme, Service } from 'slumberjs/server'
import { directory } from '../fixture.ts'

export const issuer = 'https://shop.example'
export const shopKey = generateServiceKey()
export const notes = `${directory.kitchen}kitchen/Note`

/** The shop may add and change notes, for some users and by itself. */
export const shop = {
  service: 'shop',
  publicKey: shopKey.publicKey,
  actAs: { [issuer]: ['clerk', 'admin', 'Zoë', 'gone'] },
  grant: ['kitchen.add_note', 'kitchen.change_note'],
} satisfies KeyRecord

/** `viewer` is known, but the shop may not act for them; `gone` is not known. */
const identities: readonly Identity[] = [
  { name: 'admin', superuser: true, permissions: [] },
  { name: 'clerk', superuser: false, permissions: ['kitchen.change_note', 'kitchen.delete_note'] },
  { name: 'viewer', superuser: false, permissions: [] },
  { name: 'Zoë', superuser: false, permissions: ['kitchen.add_note'] },
]

export function shopScheme(options: Partial<SignedOptions> = {}): Scheme {
  const users: SignedOptions['users'] = ({ name }) => identities.find((each) => each.name === name)
  return signed({ url: directory.kitchen, keys: { shop }, users, clock: { now, steady: () => 0 }, ...options })
}

export interface HandMade {
  readonly method?: string
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** As they stand in Signature-Input, with their quotes; those of the profile unless given. */
  readonly components?: readonly string[]
  /** Replaced; undefined leaves one out. Values are as they are written. */
  readonly parameters?: Readonly<Record<string, string | undefined>>
  readonly label?: string
  /** PEM. */
  readonly key?: string
}

/** Of the requests, and of the service: it stands still. */
export const now = (): number => 1_790_000_000
export const newNonce = (): string => randomBytes(16).toString('base64url')

export const digestOf = (body: string): string => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`

/** What the profile asks for. */
export function usual({ headers = {}, body }: HandMade): readonly string[] {
  const fields = ['forwarded-user', 'idempotency-key', 'if-match', 'if-none-match', 'prefer', 'service-loop']
  const present = fields.filter((name) => name in headers)
  const ofContent = body === undefined ? [] : ['content-type', 'content-digest']
  return ['@method', '@authority', '@target-uri', ...ofContent, ...present].map((name) => `"${name}"`)
}

/** The fields of a request that is signed so. */
export function fieldsOf(made: HandMade): Record<string, string> {
  const { method = 'GET', url = notes, body, label = 'slumber', key = shopKey.privateKey } = made
  const ofContent = body === undefined ? {} : { 'content-type': 'application/json', 'content-digest': digestOf(body) }
  const headers: Record<string, string> = { ...ofContent, ...made.headers }
  const parameters = Object.entries({
    created: String(now()),
    expires: String(now() + 60),
    nonce: `"${newNonce()}"`,
    keyid: '"shop"',
    tag: '"slumber-s2s-v1"',
    ...made.parameters,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`;${name}=${value}`]))
  const components = made.components ?? usual(made)
  const input = `(${components.join(' ')})${parameters.join('')}`
  const { host, protocol, pathname, search, origin } = new URL(url)
  const derived: Record<string, string> = {
    '@method': method,
    '@authority': host,
    '@target-uri': origin + pathname + search,
    '@scheme': protocol.slice(0, -1),
    '@path': pathname,
    '@query': search || '?',
  }
  const lines = components.map((component) => {
    const name = component.slice(1, component.indexOf('"', 1))
    return `${component}: ${derived[name] ?? headers[name]?.trim() ?? ''}\n`
  })
  const signature = sign(null, Buffer.from(`${lines.join('')}"@signature-params": ${input}`), key)
  return { ...headers, 'signature-input': `${label}=${input}`, signature: `${label}=:${signature.toString('base64')}:` }
}

export function requestOf(made: HandMade, headers: Readonly<Record<string, string>> = fieldsOf(made)): Request {
  const { method = 'GET', url = notes, body } = made
  return new Request(url, { method, headers, ...(body === undefined ? {} : { body }) })
}

export interface Told {
  readonly status: number
  readonly code: string | undefined
  readonly headers: Headers
  // What a test expects of it, it says.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export async function tell(service: Service, request: Request): Promise<Told> {
  const response = await service.fetch(request)
  const text = await response.text()
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : undefined
  return { status: response.status, code, headers: response.headers, body }
}

/** Status and code of what is answered to a request that is signed so. */
export async function outcome(service: Service, made: HandMade, headers?: Record<string, string>): Promise<string> {
  const { status, code } = await tell(service, requestOf(made, headers ?? fieldsOf(made)))
  return code === undefined ? `${status}` : `${status} ${code}`
}
