// What mounting gives a class of a model: the service, the model, and its place among the other resources.

import type { Exchange } from '../../http/index.ts'
import type { Model, Row } from '../models/model.ts'
import type { ServiceState } from '../service-state.ts'
import type { Sort } from '../store/store.ts'
import type { ModelRows } from './model-rows.ts'
import type { Fields, ModelSource } from './field-options.ts'
import type { Member } from './member.ts'

/** What a class says of itself; `modelResource` and `modelCollection` write it. */
export interface Declaration {
  readonly model: ModelSource
  readonly fields: Fields | undefined
  /** Whether related rows of the model look like this. */
  readonly isDefault: boolean
  /** Of a collection: the class of its items. */
  readonly item: DeclaredClass | undefined
  /** Of a collection: names of columns, with a `-` for the other direction. */
  readonly sort: readonly string[]
}

/** A class of a model, before it is mounted. */
export interface DeclaredClass {
  // oxlint-disable-next-line typescript/no-explicit-any -- TypeScript takes nothing else as the base of a class it does not know
  new (exchange: Exchange, params: any): ModelRows
  readonly declaration: Declaration | undefined
}

/** What a class has once it is mounted. */
export interface Binding {
  readonly service: ServiceState
  readonly model: Model
  /** The class that was mounted. */
  readonly declared: DeclaredClass
  readonly members: readonly Member[]
  /** Of a collection: its order, which ends in the key. */
  readonly sort: readonly Sort[]
  /** Of a collection: the class of its items, bound like it. */
  readonly item: DeclaredClass | undefined
  /** The default resource of a model, bound like it. */
  defaultOf(model: Model): DeclaredClass | undefined
  /**
   * The path of this class, or else of the default resource of its model, with the values that the row has for its parameters, or
   * these; undefined where neither is mounted, or the path cannot hold the values.
   */
  pathOf(row: Row, params: Readonly<Record<string, string | undefined>>): string | undefined
}
