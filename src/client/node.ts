// A step on a path of names, `client.pizzas.menu`: what it means is found out when it is called.

import { inspect } from './inspect.ts'
import { callAt, ModelPath } from './model.ts'
import type { Session } from './session.ts'

/** Names that a node keeps, so that `client.menu === client.menu`; a program that takes them from its users would fill the memory. */
const mostSteps = 1_000

/**
 * A node of the tree of names. Awaiting it gives the node itself, for it has no `then`; printing it prints its path.
 *
 * @param own what the root has besides names.
 */
export function node(session: Session, path: readonly string[] = [], own: object = {}): unknown {
  const label = ['client', ...path].join('.')
  const steps = new Map<string, unknown>()
  // What a model can do; any other name is a further step. Whether the path before it is a model, its contract says.
  const member = path.length > 1 && isMember(path.at(-1) ?? '') ? path.at(-1) : undefined
  const model = member === undefined ? undefined : new ModelPath(session, path.slice(0, -1))
  const call = (...input: never[]): unknown =>
    model === undefined ? callAt(session, path, input) : model[member as 'get'](...(input as [never])) // of one of them
  const step = (name: string): unknown => {
    if (!steps.has(name)) {
      if (steps.size >= mostSteps) steps.clear()
      steps.set(name, node(session, [...path, name]))
    }
    return steps.get(name)
  }
  // Node's console looks at the target, not at the proxy.
  return new Proxy(Object.assign(call, { [inspect]: () => label }), {
    get(_target, name) {
      if (name === Symbol.toStringTag) return label
      if (name === Symbol.asyncIterator) return () => new ModelPath(session, path)[Symbol.asyncIterator]()
      if (typeof name === 'symbol') return undefined
      if (Object.hasOwn(own, name)) return own[name as never]
      if (name === 'toString') return () => label
      if (!isName(name)) return undefined
      // What every object has, and every method.
      const isOrdinary = name in Object.prototype || (member !== undefined && /^(?:apply|bind|call)$/.test(name))
      return isOrdinary ? (Reflect.get(call, name) as unknown) : step(name)
    },
    set: () => false,
    has: (_target, name) => Object.hasOwn(own, name),
    ownKeys: () => [],
    getOwnPropertyDescriptor: () => undefined,
  })
}

function isMember(name: string): boolean {
  return name in ModelPath.prototype && !(name in Object.prototype)
}

/** What the language, consoles and test runners ask every object for is no name of a service, app, model or operation. */
function isName(name: string): boolean {
  return (
    /^[A-Za-z0-9][\w.-]*$/.test(name) &&
    !['then', 'toJSON', 'constructor', 'prototype', 'asymmetricMatch'].includes(name)
  )
}
