// A time limit for what may never come back.

/** What setTimeout can count: 2^31 - 1 ms. */
const longestTimer = 2_147_483_647

/**
 * Waits beside something else: race `expired` with it, and `stop` when that is over. `AbortSignal.timeout` cannot be stopped and
 * holds on to what listens until it fires; one that only a pending promise waits for may be collected, and then never fires.
 *
 * @param expire is called when the time is up, and gives the error that `expired` rejects with
 * @example
 * const { expired, stop } = startTimer(3_000, () => new Error('no answer'))
 * try { return await Promise.race([check(), expired]) } finally { stop() }
 */
export function startTimer(
  milliseconds: number,
  expire: () => Error,
): { readonly expired: Promise<never>; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(expire()), Math.min(milliseconds, longestTimer))
  })
  return { expired, stop: () => clearTimeout(timer) }
}
