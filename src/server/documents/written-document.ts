// Documents that are made once and kept as text with their tag, one for all callers who see the same.

import { LRUCache } from 'lru-cache'
import { hashText } from '../../wire/index.ts'
import { oncePer } from '../once-per.ts'

export interface WrittenDocument {
  readonly text: string
  readonly tag: string
}

/** Callers who see different fields are few kinds; what is asked for rarely is made again. */
const maxKept = 100

/** By what they are about: a model, or a service. */
const keptOf = oncePer(() => new LRUCache<string, WrittenDocument>({ max: maxKept }))

/** @param key of one of the documents about it: its kind, and what its readers see. */
export function writtenOnce(about: object, key: string, make: () => unknown): WrittenDocument {
  const kept = keptOf(about)
  const known = kept.get(key)
  if (known !== undefined) return known
  const text = JSON.stringify(make())
  const document = { text, tag: hashText(text) }
  kept.set(key, document)
  return document
}
