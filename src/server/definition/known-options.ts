// Refuses options that do not exist, wherever a program gives some: nobody would ask for what is misspelt.

/** Every option there is of some kind, by name. */
export type KnownOptions<Options> = Readonly<Record<keyof Options & string, unknown>>

/**
 * What is wrong with the names of some options; undefined where all of them exist.
 *
 * @param what they are given to, for the message.
 */
export function unknownOption(given: object, known: object, what: string): string | undefined {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(known, name))
  return unknown === undefined ? undefined : `${what} has no "${unknown}"; there are: ${Object.keys(known).join(', ')}`
}

/**
 * @param given whatever a program without types has given.
 * @param what it is given to: `modelRouter(service, …)`.
 * @throws TypeError for an option that does not exist, with those that do, and for what is no object.
 */
export function refuseUnknownOptions(given: unknown, known: object, what: string): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError(`${what} must be given an object: { ${Object.keys(known).join(', ')} }.`)
  }
  const wrong = unknownOption(given, known, what)
  if (wrong !== undefined) throw new TypeError(`${wrong}.`)
}
