// Options of a program over their defaults.

import { refuseUnknownOptions } from '../wire/index.ts'

/**
 * What is undefined is not given.
 *
 * @param defaults name every option there is; where one is a number, so is what is given.
 * @param what they are given to, for the message.
 * @throws TypeError for an option that does not exist, with those that do, and for what is no number from 0 on.
 */
export function settingsOf<Settings extends object>(options: object, defaults: Settings, what: string): Settings {
  refuseUnknownOptions(options, defaults, what)
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    const isNumber = typeof defaults[name as keyof Settings] === 'number'
    if (isNumber && !(typeof value === 'number' && value >= 0)) {
      throw new TypeError(`${what} takes a number from 0 on as "${name}", not ${String(value)}.`)
    }
  }
  return { ...defaults, ...Object.fromEntries(given) }
}
