// The types of a client without generated ones: anything is a name, every value unknown.

import type { InstanceMembers, ModelMembers, ModelShape } from './shape.ts'

type Values = Readonly<Record<string, unknown>>

export interface UntypedShape extends ModelShape {
  readonly instance: UntypedInstance
  readonly data: Values
  readonly get: Values
  readonly create: Values
  readonly changes: Values
  readonly filter: Values
  readonly sort: string
  readonly field: string
  readonly relation: string
  readonly expand: Values
}

export interface UntypedInstance extends InstanceMembers<UntypedShape> {
  readonly [name: string]: unknown
}

/** A step on a path of names: a service, an app, a model, or an operation to be called. */
export type UntypedNode = ModelMembers<UntypedShape> & {
  (input?: unknown): Promise<unknown>
  readonly [name: string]: UntypedNode
}

export type UntypedServices = Readonly<Record<string, UntypedNode>>
