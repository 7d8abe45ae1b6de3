// Columns of JSON: what a database's JSON cannot hold, or a driver would take for something else.

import { readPart, ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import { refuseLoneSurrogates, refuseNul } from './texts.ts'

const document = { comparable: false, isDocument: true } as const

/** As it is: it lies in the database as its own text. */
export const jsonTextKind: ColumnKind = kind('json', document)

export const mysqlJsonKind: ColumnKind = kind('json', {
  ...document,
  check: (value) => eachText(value, refuseLoneSurrogates),
})

export const pgJsonKind: ColumnKind = kind('json', {
  ...document,
  check: (value) => {
    // The driver has read the JSON when Drizzle reads what is a text once more: "5" would come back as 5.
    if (typeof value === 'string' && isJson(value)) {
      throw new ValueFault('must not be a text that is JSON itself, which would not come back as a text')
    }
    eachText(value, (text) => {
      refuseNul(text)
      refuseLoneSurrogates(text)
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

/** Member names too. Content is of bounded depth when it comes here. */
function eachText(value: unknown, refuse: (text: string) => void): void {
  if (typeof value === 'string') refuse(value)
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) readPart(index, () => eachText(item, refuse))
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      refuse(name)
      readPart(name, () => eachText(member, refuse))
    }
  }
}
