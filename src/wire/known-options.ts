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

/**
 * What is wrong where an option that closes something is there and undefined: looked for in the wrong place, most likely, and then
 * everything would be open.
 *
 * @param closing the names of such options.
 */
export function undefinedOption(given: object, closing: readonly string[]): string | undefined {
  const name = Object.entries(given).find(([each, value]) => value === undefined && closing.includes(each))?.[0]
  if (name === undefined) return undefined
  return `has "${name}", but it is undefined, which closes nothing; leave it out where that is meant`
}
