// One question to a transport: the message as the platform's request, its response as an answer; or the lighter way of the transport.

import { SlumberError } from '../errors.ts'
import type { Answer, Limits, Message, Transport } from './message.ts'

/**
 * What a transport answers, read to its end.
 *
 * @param transport the platform's `fetch` where it is undefined.
 * @throws SlumberError for what cannot be sent, and `limits.tooLong`, and whatever the transport throws.
 */
export async function ask(transport: Transport | undefined, message: Message, limits: Limits): Promise<Answer> {
  if (transport !== undefined && transport.light === undefined) {
    return await read(await transport(requestOf(message, limits)), limits)
  }
  try {
    if (transport?.light !== undefined) return await transport.light(message, limits)
    // `fetch` makes a Request of its own; another one before it would cost a tenth of the call.
    return await read(await fetch(message.url, initOf(message, limits)), limits)
  } catch (error) {
    if (!(error instanceof SlumberError)) requestOf(message, limits) // says what is wrong where it cannot be sent at all
    throw error
  }
}

function initOf({ method, headers, body }: Message, { waiting }: Limits): RequestInit {
  const init: RequestInit = { method, headers, signal: waiting.signal, redirect: 'manual' }
  if (body !== undefined) init.body = body
  if (isBrowser) init.cache = 'no-store'
  return init
}

/** They alone keep answers by themselves. Elsewhere the setting does harm: Node's fetch adds `no-cache` to every request, older Workers refuse it; React Native has no userAgent. */
const isBrowser = (globalThis.navigator as Partial<Navigator> | undefined)?.userAgent?.startsWith('Mozilla/')

/** The platform has TypeErrors for what cannot be sent; of a field they quote the value, which may be a token. */
function requestOf(message: Message, limits: Limits): Request {
  try {
    return new Request(message.url, initOf(message, limits))
  } catch (cause) {
    const { method, url, headers } = message
    const wrong = Object.keys(headers).find((name) => !isValue(headers[name]))
    if (wrong === undefined) throw new SlumberError(`${method} ${url} cannot be sent.`, { cause })
    throw new SlumberError(`${method} ${url}: its field "${wrong}" has a value that cannot be sent.`)
  }
}

function isValue(value = ''): boolean {
  try {
    return new Headers({ value }).has('value')
  } catch {
    return false
  }
}

/** An answer of the platform's. */
export async function read(response: Response, limits: Limits): Promise<Answer> {
  const { status, headers: fields, type } = response
  const isRedirect = type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
  // Coded content is longer than its length says; what another origin does not expose to a page cannot be seen.
  const isPlain = type !== 'cors' && !fields.has('content-encoding')
  const isShort = isPlain && Number(fields.get('content-length') ?? Infinity) <= limits.maxSize
  const text = await (isShort ? response.text() : readCounted(response, limits))
  return { status, fields, text, isRedirect }
}

async function readCounted(
  { body, status }: Response,
  { waiting: { signal }, maxSize, tooLong }: Limits,
): Promise<string> {
  if (body === null) return ''
  const reader = body.getReader()
  const cancel = (): void => void reader.cancel().catch(() => {}) // that it cannot be stopped changes nothing
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel)
  const decoder = new TextDecoder()
  let text = ''
  let octets = 0
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return text + decoder.decode()
    octets += value.byteLength
    if (octets > maxSize) throw tooLong(status) // which aborts
    text += decoder.decode(value, { stream: true })
  }
}
