// Questions that cannot be asked, as problems: 400 for parameters, each named with what is wrong with it.

import { Problem } from '../../http/index.ts'
import { ValueFault, type Fault } from '../../wire/index.ts'
import { sentence } from '../writes/invalid-content.ts'

/** Faults of parameters, found while they are read, so that all of them can be told together. */
export class ParameterFaults {
  readonly #faults: Fault[] = []

  add(...faults: readonly Fault[]): void {
    this.#faults.push(...faults)
  }

  /** Undefined where there is a fault in what is read, which is kept as that of the parameter. */
  async catch<T>(parameter: string, read: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      this.add({ parameter, detail: error.message })
      return undefined
    }
  }

  /** @throws Problem 400 where there are any. */
  check(): void {
    const faults = this.#faults
    if (faults.length === 0) return
    const details = faults.map(({ parameter, pointer = '', detail }) => `"${parameter ?? ''}"${pointer} ${detail}`)
    throw new Problem(400, sentence(details.join('; ')), { code: 'invalid-parameter', errors: faults })
  }
}

/** One parameter that is wrong. */
export function badParameter(parameter: string, detail: string): Problem {
  return new Problem(400, sentence(`"${parameter}" ${detail}`), {
    code: 'invalid-parameter',
    errors: [{ parameter, detail }],
  })
}
