// How a remote reference is stored, shown and read: `slumber://service/app/Model/key` at rest, an absolute URL on the wire.

import { describesField, type DescribesField } from '../../server/index.ts'
import { Addresses, parseKey, UnknownService, ValueFault } from '../../wire/index.ts'

export interface RemoteForeignKeyOptions {
  /** Accept references to anything, at any address. */
  readonly allowForeign?: boolean
}

/**
 * The field of a column that refers to `model`, for the `config` of a custom column type.
 *
 * @param model `slumber://pizzas/menu/Shop`, or the model's absolute URL.
 * @throws TypeError where `model` is neither.
 */
export function describeRemoteKey(model: string, options: RemoteForeignKeyOptions = {}): DescribesField {
  const { allowForeign = false } = options
  if (!isModelUrl(model)) {
    throw new TypeError(
      `A remote key refers to a model by its URL, such as slumber://pizzas/menu/Shop, not "${model}".`,
    )
  }
  return {
    [describesField]: {
      kind: 'remote',
      type: 'reference',
      model,
      encode: (stored, { addresses }) => shownUrl(String(stored), addresses),
      decode: (json, { addresses }) => {
        const url = absoluteUrl(json, addresses)
        const stored = addresses.toSlumber(url) // under the one name that a location has of its several
        const target = addresses.toAbsolute(model)
        if (!allowForeign && !isInstanceOf(target, url)) {
          throw new ValueFault(`must be the URL of an instance of ${target}`)
        }
        return stored ?? url
      },
      spellings: (stored, { addresses }) => spellings(addresses.toAbsolute(String(stored)), addresses),
    },
  }
}

const nowhere = new Addresses({})

/** Without a final slash, query and fragment; whether its service exists is seen when a service is made of it. */
function isModelUrl(model: string): boolean {
  const isUrl = nowhere.locate(model) !== undefined || (/^https?:\/\/[^/]/i.test(model) && URL.canParse(model))
  return isUrl && !/[?#]|\/$/.test(model)
}

/** What stands in the database and is no reference at all leads to no known service either. */
function shownUrl(stored: string, addresses: Addresses): string {
  try {
    return addresses.toAbsolute(stored)
  } catch (error) {
    throw error instanceof TypeError ? new UnknownService(stored, addresses.services.keys()) : error
  }
}

/** URL parsers drop line breaks, and take a backslash for a slash: nobody who means well sends them. */
const dropped = /[\u0000-\u0020\u007f\\]/

function absoluteUrl(json: unknown, addresses: Addresses): string {
  try {
    if (typeof json === 'string' && !dropped.test(json)) return addresses.toAbsolute(json)
  } catch (error) {
    if (error instanceof UnknownService) throw new ValueFault(`must be of a known service. ${error.message}`)
    if (!(error instanceof TypeError)) throw error
  }
  throw new ValueFault('must be the URL of an instance, absolute or slumber://service/app/Model/key')
}

/** One segment below the model's URL, spelled as keys are. */
function isInstanceOf(model: string, url: string): boolean {
  if (!url.startsWith(`${model}/`)) return false
  const parts = url.slice(model.length + 1).split(',')
  return parts.every((part) => parseKey(part, 1) !== undefined)
}

/**
 * A location has a `slumber:` form for each service whose URL it lies under: one service may have several names. It may
 * also stand as an absolute URL, from a time before its service was listed.
 */
function spellings(url: string, { services }: Addresses): readonly string[] {
  const under = [...services].filter(([, base]) => url.startsWith(base))
  return [...under.map(([name, base]) => `slumber://${name}/${url.slice(base.length)}`), url]
}
