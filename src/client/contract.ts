// The documents the client knows services by, checked as far as it relies on them, and models found in them by name or URL.

import type { ContractDocument, DirectoryDocument, ModelDocument, ReferenceDocument } from '../wire/index.ts'
import { unknownName } from './errors.ts'
import { matches, type Pattern } from './matches.ts'

export function isDirectory(content: unknown): content is DirectoryDocument {
  return matches(content, { services: ['string'] })
}

export function isContract(content: unknown): content is ContractDocument {
  return matches(content, { apps: [{ models: [ofModel] }] })
}

const operations: Pattern = [{ href: 'string', methods: ['string'] }]

/** A type of field or a kind of operation may be of a later version; the rest is followed without a further look. */
const ofModel: Pattern = {
  name: 'string',
  app: 'string',
  url: 'string',
  key: ['string'],
  fields: [{ type: 'string' }],
  references: [{ model: 'string', field: 'string' }],
  dataArrays: [{ model: 'string' }],
  operations: { model: operations, instance: operations },
}

/** A member that is an object's own. */
export function memberOf<Member>(members: Readonly<Record<string, Member>>, name: string): Member | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}

/** What a person calls a model: `menu.Pizza`. */
export function nameOf({ app, name }: ModelDocument): string {
  return `${app}.${name}`
}

/** What leads from a model under a name. */
export function relationOf(
  { references, dataArrays }: ModelDocument,
  name: string,
): ReferenceDocument | ModelDocument['dataArrays'][string] | undefined {
  return memberOf(references, name) ?? memberOf(dataArrays, name)
}

/** A model, and what follows its name on the path. */
export interface Found {
  readonly model: ModelDocument
  readonly rest: readonly string[]
}

export class Contract {
  readonly #document: ContractDocument
  readonly #byUrl: ReadonlyMap<string, ModelDocument>

  constructor(document: ContractDocument) {
    this.#document = document
    const models = Object.values(document.apps).flatMap((app) => Object.values(app.models))
    this.#byUrl = new Map(models.map((model) => [model.url, model]))
  }

  /**
   * The model below whose URL this URL lies, itself included.
   * At path boundaries only: `/menu/PizzaPrice/1` lies below PizzaPrice, not below Pizza.
   */
  byUrl(url: string): ModelDocument | undefined {
    for (let end = url.length; end > 0; end = url.lastIndexOf('/', end - 1)) {
      const model = this.#byUrl.get(url.slice(0, end))
      if (model !== undefined) return model
    }
    return undefined
  }

  /**
   * The app with the longest dotted name that the path begins with, and its model.
   *
   * @param service what messages call the service.
   * @throws UnknownName that lists what there is.
   */
  byName(service: string, path: readonly string[]): Found {
    const { apps } = this.#document
    for (let end = path.length; end > 0; end--) {
      const app = path.slice(0, end).join('.')
      const models = memberOf(apps, app)?.models
      if (models === undefined) continue
      const [name, ...rest] = path.slice(end)
      const model = memberOf(models, name ?? '')
      if (model === undefined) throw unknownName('model', name, `app ${app}`, Object.keys(models))
      return { model, rest }
    }
    throw unknownName('app', path[0], service, Object.keys(apps))
  }
}
