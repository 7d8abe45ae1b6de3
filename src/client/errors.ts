// What can go wrong for a caller, by what they can do about it.
//
// SlumberError
// ├── UnknownName          a service, app, model or operation that is not there: correct the name
// ├── ConnectionFailed     no answer: try again
// │   ├── TimedOut             none in time
// │   └── CircuitOpen          the service was down a moment ago: nothing was sent
// ├── UnexpectedAnswer     an answer that is none of this system's: look at the server
// └── Refused              an answer with a status of 400 or more; `problem` says why
//     ├── Invalid              400, 422: correct what was sent; `faults` has the positions
//     ├── Unauthenticated      401: say who you are
//     ├── Forbidden            403: ask for the permission
//     ├── NotFound             404, 410
//     ├── Conflict             409
//     ├── PreconditionFailed   412: someone else was quicker; `current` is the state now
//     └── Unavailable          429, 502, 503, 504: try again, after `retryAfter` seconds if given

import type { Fault, ProblemDocument } from '../wire/index.ts'
import type { Fields } from './sending/message.ts'
import { printAs } from './inspect.ts'
import { retryAfter } from './sending/retry-after.ts'
import type { UntypedInstance } from './untyped.ts'

export class SlumberError extends Error {
  override readonly name: string = 'SlumberError'
}

export class UnknownName extends SlumberError {
  override readonly name = 'UnknownName'
}

/**
 * A name that is not there, with those that are.
 *
 * @param name undefined where a path of names ends too early.
 */
export function unknownName(
  what: 'service' | 'app' | 'model' | 'relation' | 'operation' | 'link',
  name: string | undefined,
  place: string,
  names: Iterable<string>,
): UnknownName {
  const list = [...names].join(', ') || 'none'
  return new UnknownName(
    name === undefined
      ? `The path ends at ${place}; its ${what}s are: ${list}.`
      : `There is no ${what} "${name}" in ${place}; there are: ${list}.`,
  )
}

/** Which request it was. */
export interface Sent {
  readonly method: string
  readonly url: string
}

/** Of one request. */
class Failed extends SlumberError {
  readonly request: Sent
  constructor({ method, url }: Sent, message: string, options?: ErrorOptions) {
    super(`${method} ${url}${message}`, options)
    this.request = { method, url } // no more of it: a message on its way holds credentials
  }
}

export class ConnectionFailed extends Failed {
  override readonly name: string = 'ConnectionFailed'
  constructor(request: Sent, message: string, cause?: unknown) {
    super(request, `: ${message}`, { cause })
  }
}

export class TimedOut extends ConnectionFailed {
  override readonly name = 'TimedOut'
}

export class CircuitOpen extends ConnectionFailed {
  override readonly name = 'CircuitOpen'
  constructor(request: Sent, origin: string, milliseconds: number, cause: unknown) {
    super(request, `${origin} is down; it is asked again in ${Math.ceil(milliseconds / 1_000)} s`, cause)
  }
}

export class UnexpectedAnswer extends Failed {
  override readonly name = 'UnexpectedAnswer'
  readonly status: number
  constructor({ request, status }: { readonly request: Sent; readonly status: number }, message: string) {
    super(request, ` → ${status}: ${message}`)
    this.status = status
  }
}

export class Refused extends Failed {
  override readonly name: string = 'Refused'
  readonly problem: ProblemDocument
  readonly #headers: Fields
  constructor(request: Sent, problem: ProblemDocument, headers: Fields) {
    const { status, title, detail } = problem
    super(request, ` → ${status} ${title}${detail ? `: ${detail}` : ''}`)
    this.problem = problem
    this.#headers = headers
  }

  get headers(): Fields {
    return this.#headers
  }

  get status(): number {
    return this.problem.status
  }

  static {
    // Faults are deeper than the console looks.
    printAs(this, (error, part) => part(error, { depth: 4, customInspect: false }))
  }
}

export class Invalid extends Refused {
  override readonly name = 'Invalid'
  get faults(): readonly Fault[] {
    const { errors } = this.problem
    return Array.isArray(errors) ? (errors as readonly Fault[]) : [] // the server may have sent anything
  }
}

export class Unauthenticated extends Refused {
  override readonly name = 'Unauthenticated'
}

export class Forbidden extends Refused {
  override readonly name = 'Forbidden'
}

export class NotFound extends Refused {
  override readonly name = 'NotFound'
}

export class Conflict extends Refused {
  override readonly name = 'Conflict'
}

export class PreconditionFailed extends Refused {
  override readonly name = 'PreconditionFailed'
  /** The instance as it is now; undefined where it is gone or cannot be read. */
  current: UntypedInstance | undefined

  /**
   * Whether an error is one, of a write to this instance: then `current` has its type.
   *
   * @example
   * if (PreconditionFailed.isOf(pizza, error)) console.log(error.current?.price)
   */
  static isOf<Instance extends { readonly url: string }>(
    instance: Instance,
    error: unknown,
  ): error is PreconditionFailedOf<Instance> {
    return error instanceof PreconditionFailed && [error.request.url, error.current?.url].includes(instance.url)
  }
}

interface PreconditionFailedOf<Instance> extends Omit<PreconditionFailed, 'current'> {
  readonly current: Instance | undefined
}

export class Unavailable extends Refused {
  override readonly name = 'Unavailable'
  /** Seconds to wait, from the Retry-After header (RFC 9110 §10.2.3). */
  get retryAfter(): number | undefined {
    return retryAfter(this.headers.get('retry-after'))
  }
}

type RefusedClass = new (request: Sent, problem: ProblemDocument, headers: Fields) => Refused

const byStatus: Readonly<Record<number, RefusedClass>> = {
  400: Invalid,
  401: Unauthenticated,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  410: NotFound,
  412: PreconditionFailed,
  422: Invalid,
  429: Unavailable,
  502: Unavailable,
  503: Unavailable,
  504: Unavailable,
}

export function refusal(request: Sent, problem: ProblemDocument, headers: Fields): Refused {
  return new (byStatus[problem.status] ?? Refused)(request, problem, headers)
}
