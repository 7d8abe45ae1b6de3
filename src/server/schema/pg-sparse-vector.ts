// pgvector's sparse vectors, as the text `{1:0.5,3:2}/5`: elements by their indices, from 1, then how many there are.

import type { ColumnKind } from './column-kind.ts'
import { isSingle } from './numbers.ts'
import { patternKind } from './texts.ts'

const number = String.raw`-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`
const element = new RegExp(`^(\\d+):(${number})$`)

/** @param dimensions how many elements all vectors of the column have. */
export function sparseVectorKind(dimensions: number | undefined): ColumnKind {
  const expected = `a sparse vector of ${dimensions ?? 'its'} elements in the order of their indices, none of them 0`
  return patternKind(`${expected}, such as "{1:0.5,3:2}/${dimensions ?? 5}"`, (given) => {
    const [, list = '', count = ''] = /^\{([^{}]*)\}\/(\d+)$/.exec(given) ?? []
    if (count === '' || Number(count) !== (dimensions ?? Number(count))) return undefined
    const elements = list === '' ? [] : list.split(',').map(elementOf)
    const isSound = elements.every(({ index, value }, at) => {
      const before = elements[at - 1]?.index ?? 0
      return index > before && index <= Number(count) && value !== 0 && isSingle(value)
    })
    if (!isSound) return undefined
    return `{${elements.map(({ index, value }) => `${index}:${asInPg(value)}`).join(',')}}/${Number(count)}`
  })
}

interface Element {
  readonly index: number
  readonly value: number
}

function elementOf(text: string): Element {
  const [, index, value] = element.exec(text) ?? []
  return { index: Number(index), value: Number(value) } // NaN where it is none, which is above no index
}

/** As PostgreSQL writes a number of single precision: beyond these sizes with an exponent, which has two digits. */
function asInPg(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e-4 && size < 1e6) return String(value)
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}
