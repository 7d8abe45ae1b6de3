// One question to a transport: the message as the platform's request, its response as an answer; or the lighter way of the transport.

import { signalOf } from './in-time.ts'
import type { Answer, Limits, Message, Transport } from './message.ts'

/**
 * What a transport answers, read to its end.
 *
 * @param transport the platform's `fetch` where it is undefined.
 * @throws `limits.tooLong`, and whatever the transport and the platform throw.
 */
export async function ask(transport: Transport | undefined, message: Message, limits: Limits): Promise<Answer> {
  if (transport?.light !== undefined) return await transport.light(message, limits)
  const { method, url, headers, body = null } = message
  const init: RequestInit = { method, headers, body, signal: signalOf(limits.whenOver), redirect: 'manual' }
  if (isBrowser) init.cache = 'no-store'
  // `fetch` makes a Request of its own; another one before it would cost a tenth of the call.
  const response = transport === undefined ? fetch(url, init) : transport(new Request(url, init))
  return await read(await response, limits)
}

/** They alone keep answers by themselves. Elsewhere the setting does harm: Node's fetch adds `no-cache` to every request, older Workers refuse it; React Native has no userAgent. */
const isBrowser = (globalThis.navigator as Partial<Navigator> | undefined)?.userAgent?.startsWith('Mozilla/')

/** An answer of the platform's. */
export async function read(response: Response, limits: Limits): Promise<Answer> {
  const { status, headers: fields, type } = response
  const isRedirect = type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
  return { status, fields, text: await textOf(response, limits), isRedirect }
}

/** Counted as it comes: coded content is longer than its length says, and what another origin does not expose to a page cannot be seen. */
async function textOf({ body, status }: Response, { whenOver, maxSize, tooLong }: Limits): Promise<string> {
  const reader = body?.getReader()
  whenOver(() => void reader?.cancel().catch(() => {})) // that it cannot be stopped changes nothing
  const decoder = new TextDecoder()
  let text = ''
  let octets = 0
  for (;;) {
    const { value } = (await reader?.read()) ?? {}
    if (value === undefined) return text + decoder.decode()
    octets += value.byteLength
    if (octets > maxSize) throw tooLong(status) // with which it is over
    text += decoder.decode(value, { stream: true })
  }
}
