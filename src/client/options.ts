// Options of a program: which there are, of which kind, and what holds where they are not given.

import { refuseUnknownOptions } from '../wire/index.ts'

/**
 * Those that are given: what is undefined is not.
 *
 * @param known names every option there is; where one is a number, so is what is given.
 * @param what they are given to, for the message.
 * @throws TypeError for an option that does not exist, with those that do, and for a value of another kind.
 */
export function givenOptions<Options extends object>(options: Options, known: object, what: string): Options {
  refuseUnknownOptions(options, known, what)
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    if (typeof known[name as never] === 'number' && !(typeof value === 'number' && value >= 0)) {
      throw new TypeError(`${what} takes a number from 0 on as "${name}", not ${String(value)}.`)
    }
  }
  return Object.fromEntries(given) as Options // without what is undefined
}

/** @param defaults name every option there is. */
export function settingsOf<Settings extends object>(options: object, defaults: Settings, what: string): Settings {
  return { ...defaults, ...givenOptions(options, defaults, what) }
}
