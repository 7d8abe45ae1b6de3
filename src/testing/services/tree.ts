// What a test gives by the names that the client has, `{ pizzas: { menu: { Pizza: … } } }`, as a list by service and model.

/** By the full name of the model: `menu.Pizza`. */
export type Leaves<Leaf> = ReadonlyMap<string, Leaf>

/**
 * The leaves of one service's branch.
 *
 * @param what it is called in messages: `rows.pizzas`.
 * @throws TypeError for what is neither a branch nor a leaf.
 */
export function leavesOf<Leaf>(
  branch: unknown,
  what: string,
  isLeaf: (value: unknown) => value is Leaf,
  path: readonly string[] = [],
): Leaves<Leaf> {
  if (branch === undefined) return new Map()
  if (path.length > 1 && isLeaf(branch)) return new Map([[path.join('.'), branch]])
  if (typeof branch !== 'object' || branch === null || Array.isArray(branch)) {
    throw new TypeError(`${[what, ...path].join('.')} must be an object of apps and models.`)
  }
  const below = Object.entries(branch).map(([name, each]) => leavesOf(each, what, isLeaf, [...path, name]))
  return new Map(below.flatMap((leaves) => [...leaves]))
}

/** @throws TypeError for a model that is not there, with those that are. */
export function refuseUnknownModels(leaves: Leaves<unknown>, what: string, models: Iterable<string>): void {
  const there = new Set(models)
  const unknown = [...leaves.keys()].find((name) => !there.has(name))
  if (unknown === undefined) return
  throw new TypeError(`${what} has no model "${unknown}"; there are: ${[...there].join(', ') || 'none'}.`)
}
