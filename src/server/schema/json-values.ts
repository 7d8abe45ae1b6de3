// Columns of JSON: what a database's JSON cannot hold, or a driver would take for something else.

import { readPart, ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import { refuseLoneSurrogates, refuseNul } from './texts.ts'

const document = { comparable: false, isDocument: true } as const

/** As it is: it lies in the database as its own text. */
export const jsonTextKind: ColumnKind = kind('json', { ...document, check: (value) => eachPart(value, refuseInfinite) })

export const mysqlJsonKind: ColumnKind = kind('json', {
  ...document,
  check: (value) =>
    eachPart(value, (part) => {
      refuseInfinite(part)
      if (typeof part === 'string') refuseLoneSurrogates(part)
    }),
})

export const pgJsonKind: ColumnKind = kind('json', {
  ...document,
  check: (value) => {
    // The driver has read the JSON when Drizzle reads what is a text once more: "5" would come back as 5.
    if (typeof value === 'string' && isJson(value)) {
      throw new ValueFault('must not be a text that is JSON itself, which would not come back as a text')
    }
    eachPart(value, (part) => {
      refuseInfinite(part)
      if (typeof part !== 'string') return
      refuseNul(part)
      refuseLoneSurrogates(part)
    })
  },
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** `1e400` is JSON, but no number of a program: it would be stored as null. */
function refuseInfinite(part: unknown): void {
  if (part === Infinity || part === -Infinity) throw new ValueFault('must not be a number as large as that')
}

/** Texts, numbers and the rest, and the names of members. Content is of bounded depth when it comes here. */
function eachPart(value: unknown, look: (part: unknown) => void): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) readPart(index, () => eachPart(item, look))
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      look(name)
      readPart(name, () => eachPart(member, look))
    }
  } else look(value)
}
