// Which methods a resource of rows has, by the built-in operations of its model; and which of them are open to a caller.

import { isRead, type Principal } from '../../http/index.ts'
import type { Access } from '../definition/define.ts'
import type { Model } from '../models/model.ts'
import type { BuiltIn, BuiltInMethods, Operations } from '../models/operations.ts'
import { oncePer } from '../once-per.ts'
import { never } from '../query/condition.ts'
import type { Rules } from '../query/rules.ts'

type Action = keyof Access

/** A resource, as far as its methods depend on it. */
interface OfModel {
  readonly model: Model
  readonly of: 'instance' | 'model'
  readonly builtIns: BuiltInMethods
}

/** What a built-in operation does to rows: it is open to whoever may do one of these. */
const actionsOf: Readonly<Record<BuiltIn, readonly Action[]>> = {
  instances: ['read'],
  get: ['read'],
  data: ['read'],
  create: ['create'],
  update: ['update'],
  replace: ['create', 'update'],
  delete: ['delete'],
}

const permissionOf: Readonly<Partial<Record<Action, 'add' | 'change' | 'delete'>>> = {
  create: 'add',
  update: 'change',
  delete: 'delete',
}

/** By the class of a resource. */
const methodsOf = oncePer<Operations, Map<object, readonly string[]>>(() => new Map())

/**
 * The same for all requests to a kind of resource of a model.
 *
 * @param handled the methods that its class has handlers for.
 */
export function methodsThere(resource: OfModel, handled: () => readonly string[]): readonly string[] {
  const { operations } = resource.model
  const ofModel = methodsOf(operations)
  const known = ofModel.get(resource.constructor)
  if (known !== undefined) return known
  const there = handled().filter((method) => {
    const builtIn = builtInOf(resource, method)
    return builtIn === undefined || operations.offers(builtIn, resource.of, handlerOf(method))
  })
  ofModel.set(resource.constructor, there)
  return there
}

/**
 * Whether a method may do anything for a caller.
 *
 * @param closed what rules close to them whatever the row is.
 * @param principal undefined where it is not known who asks.
 */
export function isOpen(
  resource: OfModel,
  method: string,
  closed: ReadonlySet<Action>,
  principal: Principal | undefined,
): boolean {
  const builtIn = builtInOf(resource, method)
  const actions: readonly Action[] = builtIn === undefined ? (isRead(method) ? ['read'] : []) : actionsOf[builtIn]
  const may = (action: Action): boolean => !closed.has(action) && isPermitted(resource.model, action, principal)
  return actions.length === 0 || actions.some(may)
}

function isPermitted(model: Model, action: Action, principal: Principal | undefined): boolean {
  if (principal === undefined) return action === 'read'
  const permission = permissionOf[action]
  return permission === undefined || principal.can(model.permission(permission))
}

/** What rules close to their caller whatever the row is. */
export async function closedBy(rules: Rules, model: Model): Promise<ReadonlySet<Action>> {
  const closed = new Set<Action>()
  for (const action of ['read', 'create', 'update', 'delete'] as const) {
    if ((await rules.of(model, action)) === never) closed.add(action)
  }
  return closed
}

function builtInOf({ builtIns }: OfModel, method: string): BuiltIn | undefined {
  return builtIns[handlerOf(method)]
}

function handlerOf(method: string): string {
  return method === 'HEAD' ? 'GET' : method
}
