// What is worked out of an object once, and known as long as the object is.

/**
 * The same function, asked once for each object.
 *
 * @param make what it gives stands for the object for good.
 * @example
 * const pathOf = oncePer((app: { name: string }) => `${app.name.replaceAll('.', '/')}/`)
 */
export function oncePer<Key extends object, Value extends object | string | boolean>(
  make: (key: Key) => Value,
): (key: Key) => Value {
  const known = new WeakMap<Key, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const value = make(key)
    known.set(key, value)
    return value
  }
}
