// Hand-written resources beside the documents of a service, below `-/`: its own, and those that its schemes need.

import { at, router, type Exchange, type Router } from '../http/index.ts'
import { defaultLogger } from '../wire/index.ts'
import type { ServiceOptions } from './service-options.ts'

export interface Endpoints {
  readonly isOne: (exchange: Exchange) => boolean
  readonly answer: Router['answer']
}

/** Where the service itself has something. */
const taken: readonly string[] = ['contract', 'openapi.json', 'health', 'ready']

/**
 * They authenticate by the schemes of the service, unless they say otherwise.
 *
 * @throws TypeError for a name that is no word, that is taken, or that two of them have
 */
export function endpointsOf(
  url: string,
  { authenticate, endpoints = {}, middleware = [], logger = defaultLogger }: ServiceOptions,
): Endpoints | undefined {
  const all = [endpoints, ...authenticate.map((scheme) => scheme.endpoints ?? {})].flatMap((each) =>
    Object.entries(each),
  )
  if (all.length === 0) return undefined
  const names = all.map(([name]) => name)
  const wrong = names.find(
    (name, index) => !/^[\w-]+$/.test(name) || taken.includes(name) || names.indexOf(name) !== index,
  )
  if (wrong !== undefined) throw new TypeError(`endpoints: "${wrong}" is no word, or is there already.`)
  const prefix = `${new URL(url).pathname}-`
  const resources = all.map(([name, resource]) => at(`/${name}`, resource))
  const { answer } = router(resources, { prefix, middleware, logger, defaults: { schemes: authenticate } })
  const paths = new Set(names.map((name) => `${prefix}/${name}`))
  return { isOne: ({ pathname }) => paths.has(pathname), answer }
}
