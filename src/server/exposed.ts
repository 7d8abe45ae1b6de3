// What a service exposes, told once when it is made, in development: nobody should learn from a stranger what they have let out.

import type { Logger } from '../wire/index.ts'
import type { Model } from './models/model.ts'
import { builtIns, isBuiltIn } from './models/operations.ts'

/** Not in production, where a start is nobody's to read. Any runtime: only some have `process`. */
export function logExposed(models: Iterable<Model>, logger: Logger): void {
  const { process } = globalThis as {
    readonly process?: { readonly env: Readonly<Record<string, string | undefined>> }
  }
  if (process?.env['NODE_ENV'] === 'production' || logger.isLevelEnabled?.('info') === false) return
  logger.info(
    { models: Object.fromEntries(Array.from(models, (model) => [model.fullName, exposed(model)])) },
    'serving',
  )
}

/** `public` is for everybody to read; the rest is for those who are known. */
function exposed(model: Model): Readonly<Record<string, unknown>> {
  const methods = Object.keys(builtIns).filter((name) => isBuiltIn(name) && model.operations.has(name))
  return {
    url: model.url,
    fields: model.columns.size + Object.keys(model.options.properties ?? {}).length,
    methods: [...new Set(methods.map((name) => (isBuiltIn(name) ? builtIns[name].method : '')))].join(' '),
    ...(model.operations.own.size === 0 ? {} : { operations: operationsOf(model) }),
    ...(model.options.public === true ? { public: true } : {}),
  }
}

function operationsOf(model: Model): string {
  return Array.from(model.operations.own, ([name, { isPublic }]) => (isPublic ? `${name} (public)` : name)).join(' ')
}
