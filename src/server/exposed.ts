// What a service exposes, told once when it is made, in development: nobody should learn from a stranger what they have let out.

import type { Logger } from '../wire/index.ts'
import type { Model } from './models/model.ts'
import { builtIns, isBuiltIn } from './models/operations.ts'

/**
 * Tells it to the logger as one entry, or where there is none to the console, a line a model. Not in production, where a start is
 * nobody's to read; and the console is not for tests.
 */
export function tellExposed(models: Iterable<Model>, url: string, logger: Logger | undefined): void {
  const mode = environment()
  if (mode === 'production' || logger?.isLevelEnabled?.('info') === false) return
  const told = Array.from(models, (model) => [model.fullName, exposed(model)] as const)
  if (logger !== undefined) logger.info({ models: Object.fromEntries(told) }, 'serving')
  // oxlint-disable-next-line no-console -- the one place on every platform where somebody looks; stdout is the program's own
  else if (mode !== 'test') console.error([`${url} serves`, ...told.map(lineOf)].join('\n'))
}

/** `NODE_ENV`, where there is one: only some runtimes have `process`. */
function environment(): string | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly env: Readonly<Record<string, string | undefined>> }
  }
  return process?.env['NODE_ENV']
}

interface Exposed {
  readonly url: string
  readonly fields: number
  readonly methods: string
  readonly operations?: string
  readonly public?: true
}

/** `public` is for everybody to read; the rest is for those who are known. */
function exposed(model: Model): Exposed {
  const methods = Object.keys(builtIns).filter((name) => isBuiltIn(name) && model.operations.has(name))
  return {
    url: model.url,
    fields: model.columns.size + model.properties.size,
    methods: [...new Set(methods.map((name) => (isBuiltIn(name) ? builtIns[name].method : '')))].join(' '),
    ...(model.operations.own.size === 0 ? {} : { operations: operationsOf(model) }),
    ...(model.options.public === true ? { public: true } : {}),
  }
}

function operationsOf(model: Model): string {
  return Array.from(model.operations.own, ([name, { isPublic }]) => (isPublic ? `${name} (public)` : name)).join(' ')
}

function lineOf([name, { fields, methods, operations, public: isPublic }]: readonly [string, Exposed]): string {
  const parts = [`${fields} fields`, methods, ...(operations === undefined ? [] : [`operations: ${operations}`])]
  return `  ${name}${isPublic === true ? ' (public)' : ''}: ${parts.join(' · ')}`
}
