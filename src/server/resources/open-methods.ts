// Which methods a resource of rows has, by the built-in operations of its model; and which of them are open to a caller.

import { isRead, type Principal } from '../../http/index.ts'
import type { OperationDefinition } from '../definition/define-operation.ts'
import type { Access } from '../definition/define.ts'
import type { Model } from '../models/model.ts'
import type { BuiltIn, BuiltInMethods, Operations } from '../models/operations.ts'
import { permissionsFor } from '../models/operation-permissions.ts'
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

/** What one caller may do to rows of a model, or to one row: what documents, OPTIONS and `Allow` are told by. */
export interface Allowance {
  /** Undefined where it is not known who asks. */
  readonly caller: Principal | undefined
  /** What rules close to them. */
  readonly closed: ReadonlySet<Action>
}

/** Whether a method may do anything for a caller. */
export function isOpen(resource: OfModel, method: string, { caller, closed }: Allowance): boolean {
  const { model } = resource
  const builtIn = builtInOf(resource, method)
  if (builtIn === undefined) return !isRead(method) || !closed.has('read')
  const replacement = model.operations.replaced.get(builtIn)
  if (replacement !== undefined && !holds(caller, permissionsFor(model, replacement, method, builtIn))) return false
  const may = (action: Action): boolean =>
    !closed.has(action) && (replacement !== undefined || isPermitted(model, action, caller))
  return actionsOf[builtIn].some(may)
}

/** Whether a method of an operation of the program's own may do anything for a caller, as far as that can be known. */
export function isOpenOperation(
  model: Model,
  definition: OperationDefinition,
  method: string,
  { caller, closed }: Allowance,
): boolean {
  if (definition.of === 'instance' && closed.has('read')) return false
  return holds(caller, permissionsFor(model, definition, method))
}

function isPermitted(model: Model, action: Action, caller: Principal | undefined): boolean {
  const permission = permissionOf[action]
  return permission === undefined || holds(caller, [model.permission(permission)])
}

function holds(caller: Principal | undefined, permissions: readonly string[]): boolean {
  return permissions.every((permission) => caller?.can(permission) === true)
}

/** What a caller may do to rows of a model, whatever the row is. */
export async function allowanceOf(model: Model, rules: Rules, caller: Principal | undefined): Promise<Allowance> {
  const closed = new Set<Action>()
  for (const action of ['read', 'create', 'update', 'delete'] as const) {
    if ((await rules.of(model, action)) === never) closed.add(action)
  }
  return { caller, closed }
}

/** The same for all callers who may do the same by the methods of a model. */
export function signatureOf(model: Model, { caller, closed }: Allowance): string {
  const held = permissionsOf(model).map((permission) => (caller?.can(permission) === true ? '1' : '0'))
  return `${[...closed].join(',')} ${held.join('')}`
}

/** All that the methods of a model ask for. */
const permissionsOf = oncePer((model: Model): readonly string[] => {
  const builtIn = (['add', 'change', 'delete'] as const).map((action) => model.permission(action))
  const { own, replaced } = model.operations
  const others = [...own, ...replaced].flatMap(([name, definition]) =>
    Object.keys(definition.handlers).flatMap((method) => permissionsFor(model, definition, method, name)),
  )
  return [...new Set([...builtIn, ...others])]
})

function builtInOf({ builtIns }: OfModel, method: string): BuiltIn | undefined {
  return builtIns[handlerOf(method)]
}

function handlerOf(method: string): string {
  return method === 'HEAD' ? 'GET' : method
}
