// A circuit breaker for each origin: while a service is down it is not waited for; now and then one request finds out whether it is back.

import { CircuitOpen, ConnectionFailed, TimedOut } from '../errors.ts'
import { originOf, type Message, type Step } from './message.ts'

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

  const failed = (origin: string, message: Message, cause: unknown): void => {
    const circuit: Circuit = circuits.get(origin) ?? { failures: 0, openUntil: 0, cause }
    circuits.delete(origin)
    circuits.set(origin, circuit)
    const [oldest = ''] = circuits.keys()
    if (circuits.size > mostCircuits) circuits.delete(oldest)
    circuit.failures++
    circuit.cause = cause
    // Those that were under way when it opened do not put off the time when it is asked again.
    if (circuit.failures !== failures && circuit.openUntil !== Infinity) return
    circuit.openUntil = performance.now() + rest
    circuit.openedBy = message
  }

  return async (message) => {
    const origin = originOf(message)
    const circuit = circuits.get(origin)
    const isProbe = circuit !== undefined && circuit.failures >= failures && circuit.openedBy !== message
    if (isProbe) {
      const left = circuit.openUntil - performance.now()
      if (left > 0) throw new CircuitOpen(message, origin, Math.min(left, rest), circuit.cause)
      circuit.openUntil = Infinity // the others wait for what becomes of this one
    }
    try {
      const answer = await next(message)
      // Those of a proxy in front of a service that is not there; a 503 of the service itself says that it is.
      if (answer.status === 502 || answer.status === 504) failed(origin, message, `${answer.status}`)
      else circuits.delete(origin)
      return answer
    } catch (error) {
      if (error instanceof ConnectionFailed && !isHurry(message, error)) failed(origin, message, error)
      else if (isProbe) circuit.openUntil = 0 // nothing was found out: the next one finds out
      throw error
    }
  }
}

/** A caller in a hurry says nothing of the service. */
function isHurry({ isHurried, tryTimeout, deadline }: Message, error: ConnectionFailed): boolean {
  return isHurried && error instanceof TimedOut && (tryTimeout !== undefined || deadline - performance.now() < 2)
}
