// A circuit breaker for each origin: while a service is down it is not waited for; now and then one request finds out whether it is back.

import { parseUrl } from '../../wire/index.ts'
import { CircuitOpen, ConnectionFailed, TimedOut } from '../errors.ts'
import type { Answer, Message, Step } from './message.ts'

export interface BreakerOptions {
  /** So many failures in a row open the circuit. */
  readonly failures: number
  /** Milliseconds until one request is let through again. */
  readonly rest: number
}

/** Of an origin whose last request failed. */
interface Circuit {
  failures: number
  /** Until when nothing is sent, where it is open; after that one request is, while the others go on being refused. */
  openUntil: number
  cause: unknown
  /** Whose failure opened it: its further tries are not refused. */
  openedBy?: Message
}

/** Of more, those that failed longest ago are forgotten. */
const mostCircuits = 1_000

export function breaking(next: Step, { failures, rest }: BreakerOptions): Step {
  const circuits = new Map<string, Circuit>()

  const failed = (message: Message, cause: unknown): void => {
    const origin = originOf(message)
    const circuit: Circuit = circuits.get(origin) ?? { failures: 0, openUntil: 0, cause }
    circuits.delete(origin)
    circuits.set(origin, circuit)
    for (const oldest of circuits.keys()) if (circuits.size > mostCircuits) circuits.delete(oldest)
    circuit.failures++
    circuit.cause = cause
    // Those that were under way when it opened do not put off the time when it is asked again.
    if (circuit.failures !== failures && circuit.openUntil !== Infinity) return
    circuit.openUntil = performance.now() + rest
    circuit.openedBy = message
  }

  return async (message) => {
    const circuit = circuits.size === 0 ? undefined : circuits.get(originOf(message))
    const isProbe = circuit !== undefined && circuit.failures >= failures && circuit.openedBy !== message
    if (isProbe) {
      const left = circuit.openUntil - performance.now()
      if (left > 0) throw new CircuitOpen(message, originOf(message), Math.min(left, rest), circuit.cause)
      circuit.openUntil = Infinity // the others wait for what becomes of this one
    }
    try {
      const answer = await next(message)
      if (isDown(answer)) failed(message, `${answer.status}`)
      else if (circuits.size > 0) circuits.delete(originOf(message))
      return answer
    } catch (error) {
      if (isFailure(error, message)) failed(message, error)
      else if (isProbe) circuit.openUntil = 0 // nothing was found out: the next one finds out
      throw error
    }
  }
}

/** Those of a proxy in front of a service that is not there; a 503 of the service itself says that it is. */
function isDown({ status }: Answer): boolean {
  return status === 502 || status === 504
}

/** A caller in a hurry says nothing of the service. */
function isFailure(error: unknown, { isHurried, tryTimeout, deadline }: Message): boolean {
  const isOver = tryTimeout !== undefined || deadline - performance.now() < 2
  const isHurry = isHurried && error instanceof TimedOut && isOver
  return error instanceof ConnectionFailed && !isHurry
}

function originOf({ url }: Message): string {
  return parseUrl(url)?.origin ?? url
}
