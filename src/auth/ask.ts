// A question to another service, with a limit of time: `fetch` has none of its own.

import { startTimer, type Awaitable } from '../wire/index.ts'

export type Ask = (request: Request) => Awaitable<Response>

/**
 * The status of the answer, and its content where that is JSON. Redirects are not followed.
 *
 * @param timeout milliseconds.
 * @throws whatever the transport does, Error where there is no whole answer in time
 */
export async function askWithin(
  timeout: number,
  transport: Ask,
  url: string,
  init: RequestInit = {},
): Promise<{ readonly status: number; readonly content: unknown }> {
  const controller = new AbortController()
  const { expired, stop } = startTimer(timeout, () => {
    controller.abort()
    return new Error('timed out')
  })
  const receive = async (): Promise<{ readonly status: number; readonly content: unknown }> => {
    const response = await transport(new Request(url, { ...init, redirect: 'error', signal: controller.signal }))
    const content: unknown = await response.json().catch(() => undefined)
    return { status: response.status, content }
  }
  try {
    return await Promise.race([receive(), expired])
  } finally {
    stop()
  }
}
