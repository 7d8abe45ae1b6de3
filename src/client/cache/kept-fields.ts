// The fields of an answer that is kept, as plain data and as they are read.

import type { Fields } from '../sending/message.ts'

/** Names in lower case. */
export type FieldList = readonly (readonly [name: string, value: string])[]

/** They are about a connection, not about an answer (§3.1). */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
])

/** Those that may be kept. */
export function keptFields(fields: Fields): FieldList {
  const named = new Set((fields.get('connection') ?? '').toLowerCase().split(/[\s,]+/))
  return [...fields].filter(([name]) => !ofConnection.has(name) && !named.has(name))
}

export function valueOf(fields: FieldList, wanted: string): string | undefined {
  for (const [name, value] of fields) if (name === wanted) return value
  return undefined
}

/** Fields of which `Age` is told anew each time. */
export class KeptFields implements Fields {
  readonly #all: FieldList
  readonly #age: string | undefined

  constructor(all: FieldList, age?: string) {
    this.#all = all
    this.#age = age
  }

  get(name: string): string | undefined {
    const wanted = name.toLowerCase()
    return wanted === 'age' && this.#age !== undefined ? this.#age : valueOf(this.#all, wanted)
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    for (const [name, value] of this.#all) if (name !== 'age' || this.#age === undefined) yield [name, value]
    if (this.#age !== undefined) yield ['age', this.#age]
  }
}
