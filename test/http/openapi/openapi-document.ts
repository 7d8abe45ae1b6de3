// How tests read OpenAPI documents: loosely typed, by their references, and with the validator.

import { Validator } from '@seriousme/openapi-schema-validator'
import { expect } from 'vitest'
import { openApi, router, type BaseClass, type Mount, type OpenApiDocument } from 'slumberjs/http'

export const info = { title: 'Posts', version: '1.0.0' }

/** Loosely typed, so that tests can go where they want. */
// oxlint-disable-next-line typescript/no-explicit-any -- as of JSON
export const written = (...given: readonly (BaseClass | Mount)[]): any => openApi(router(given), info)

export const expectValid = async (document: OpenApiDocument): Promise<void> => {
  expect(await new Validator().validate({ ...structuredClone(document) })).toEqual({ valid: true })
}

/** Everything a `$ref` of the document leads to; undefined where it leads nowhere. Data in schemas is none of it. */
export function targets(document: object): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, each] of Object.entries(value)) {
      if (key === '$ref' && typeof each === 'string') found.set(each, lookUp(document, each))
      if (!['const', 'enum', 'default', 'examples'].includes(key)) walk(each)
    }
  }
  walk(document)
  return found
}

export function lookUp(document: object, ref: string): unknown {
  const keys = ref
    .split('/')
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
}

/** As it comes over the wire: a clone would keep what JSON cannot tell. */
// oxlint-disable-next-line typescript/no-explicit-any -- as of JSON
export function parsed(document: object): any {
  const text = JSON.stringify(document)
  return JSON.parse(text)
}
