// The classes that are mounted together with one service: each bound to its model, and known to the others.

import type { BaseClass, Mount, MountedResource, Router } from '../../http/index.ts'
import type { Model, Row } from '../models/model.ts'
import type { ServiceState } from '../service-state.ts'
import type { Binding, DeclaredClass } from './binding.ts'
import { BoundResource } from './bound-resource.ts'
import { planFields } from './field-plan.ts'
import { modelOf } from './find-model.ts'
import { ModelResource } from './model-resource.ts'
import { checkPathColumns } from './path-columns.ts'
import { columnOfParameter } from './path-values.ts'
import { readSort } from './sort.ts'

export class Site {
  readonly #service: ServiceState
  readonly #bound = new Map<BaseClass, BaseClass>()
  readonly #given = new Map<BaseClass, BaseClass>()
  readonly #defaults = new Map<Model, DeclaredClass>()
  /** Where a class is mounted first. */
  readonly #mounts = new Map<BaseClass, MountedResource>()

  constructor(service: ServiceState, resources: readonly (BaseClass | Mount)[]) {
    this.#service = service
    const classes = resources.map((each) => (typeof each === 'object' ? each.resource : each))
    for (const each of new Set(classes)) {
      if (isDeclared(each) && each.declaration?.isDefault === true) this.#addDefault(each)
    }
  }

  #addDefault(given: DeclaredClass): void {
    const model = modelOf(given, this.#service.apps)
    const other = this.#defaults.get(model)
    if (other !== undefined) {
      throw new TypeError(`${given.name}: ${model.fullName} has a default resource, ${other.name}; a model has one.`)
    }
    this.#defaults.set(model, given)
  }

  /** The class as it is mounted here; itself where it has no model. Always the same. */
  boundTo(given: BaseClass): BaseClass {
    const known = this.#bound.get(given)
    if (known !== undefined) return known
    const bound = isDeclared(given) ? this.#bind(given) : given
    this.#bound.set(given, bound)
    this.#given.set(bound, given)
    return bound
  }

  /** The class that was given for a mounted one. */
  givenOf(bound: BaseClass): BaseClass {
    return this.#given.get(bound) ?? bound
  }

  #bind(given: DeclaredClass & BaseClass): BaseClass {
    const model = modelOf(given, this.#service.apps)
    const { fields, item, sort = [] } = given.declaration ?? {}
    const binding: Binding = {
      service: this.#service,
      model,
      declared: given,
      members: planFields(model, fields, given.name),
      sort: readSort(model, sort, given.name),
      item: item === undefined ? undefined : this.#boundDeclared(item),
      defaultOf: (target) => {
        const found = this.#defaults.get(target)
        return found && this.#boundDeclared(found)
      },
      pathOf: (row, params) => this.#pathOf(given, model, row, params),
    }
    class Bound extends (given as BaseClass) {} // which is what the compiler takes as a base
    Object.defineProperty(Bound, 'name', { value: given.name })
    Object.defineProperty(Bound.prototype, 'binding', { value: binding })
    // Where the class says nothing else. A list has a weak tag, which no write is conditional on.
    if (model.options.requiresCondition === true && isOfOne(given) && !saysOfConditions(given)) {
      Object.defineProperty(Bound.prototype, 'requiresCondition', { value: true, writable: true, configurable: true })
    }
    return Bound
  }

  #boundDeclared(given: DeclaredClass): DeclaredClass {
    return this.boundTo(given as DeclaredClass & BaseClass) as DeclaredClass & BaseClass // a class that extends it
  }

  /** Once the classes have their paths. */
  settle({ mounts }: Router): void {
    for (const mount of mounts) {
      const given = this.givenOf(mount.resource)
      if (!this.#mounts.has(given)) this.#mounts.set(given, mount)
      if (isDeclared(given)) checkPathColumns(given, modelOf(given, this.#service.apps), this.#service, mount.path)
    }
  }

  #pathOf(
    given: BaseClass,
    model: Model,
    row: Row,
    params: Readonly<Record<string, string | undefined>>,
  ): string | undefined {
    const byDefault = this.#defaults.get(model) as BaseClass | undefined // a class of resources like any
    const path = (this.#mounts.get(given) ?? (byDefault && this.#mounts.get(byDefault)))?.path
    if (path === undefined) return undefined
    const values = path.names.map((name) => {
      const column = model.table.columns.get(columnOfParameter(model.table.key, name))
      return [name, column === undefined ? params[name] : textOf(model.encode(column, row[column.name]))] as const
    })
    try {
      return path.fill(Object.fromEntries(values))
    } catch {
      return undefined // a slug that is empty, say: there is no such path
    }
  }
}

/** What a path can hold of a value. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function isOfOne(given: BaseClass): boolean {
  return given.prototype instanceof ModelResource
}

/** Whether the class, or one between it and those that are extended, sets `requiresCondition`. */
function saysOfConditions(given: BaseClass): boolean {
  for (
    let each = given.prototype as object;
    each !== BoundResource.prototype;
    each = Object.getPrototypeOf(each) as object
  ) {
    if (Object.hasOwn(each, 'requiresCondition')) return true
  }
  return false
}

function isDeclared(given: BaseClass): given is DeclaredClass & BaseClass {
  return given.prototype instanceof BoundResource
}
