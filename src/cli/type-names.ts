// The names of generated types: one for each model of each service, unique in the file whatever the services call things.

import type { ContractDocument, ModelDocument } from '../wire/index.ts'

/** What a generated file is made of: a service, and all names that the directory has for it. */
export interface DescribedService {
  /** None where the service stands alone. */
  readonly names: readonly string[]
  readonly contract: ContractDocument
}

/** What is appended to a model's type name for its other types. */
const suffixes = ['Data', 'Create', 'Changes', 'Filter', 'Expand', 'Shape', 'Model'] as const

/** Names that mean something else in the generated file. */
const taken = ['Services', 'Date', 'Promise', 'Uint8Array']

export class TypeNames {
  readonly #used: Set<string>
  readonly #models = new Map<string, string>()
  readonly #documents: ReadonlyMap<string, ModelDocument>
  readonly #owned = new Map<string, string>()

  /** @param imported the names that the file imports. */
  constructor(services: readonly DescribedService[], imported: readonly string[]) {
    this.#used = new Set([...taken, ...imported])
    for (const { names, contract } of services) {
      for (const { url, app, name } of modelsOf(contract)) {
        this.#models.set(url, this.claim([names[0] ?? '', ...app.split('.'), name], ['', ...suffixes]))
      }
    }
    this.#documents = new Map(services.flatMap(({ contract }) => modelsOf(contract).map((each) => [each.url, each])))
    for (const { url, dataArrays } of this.#documents.values()) {
      for (const [name, { owned, model }] of Object.entries(dataArrays)) {
        if (owned === undefined || !this.#documents.has(model)) continue
        this.#owned.set(`${url} ${name}`, this.claim([this.ofModel(url) ?? '', name, 'Create']))
      }
    }
  }

  /** The model at a URL, where one of the services has it. */
  modelAt(url: string): ModelDocument | undefined {
    return this.#documents.get(url)
  }

  /** The name of what is written of a data array's rows together with the row that owns them. */
  ofOwned(url: string, dataArray: string): string | undefined {
    return this.#owned.get(`${url} ${dataArray}`)
  }

  /** The name of a model's instances, by the model's URL; undefined for a model of none of the services. */
  ofModel(url: string): string | undefined {
    return this.#models.get(url)
  }

  /** Makes one name of several words: `['pizzas', 'menu', 'Pizza']` → `PizzasMenuPizza`, or `PizzasMenuPizza2` where that is used. */
  claim(words: readonly string[], endings: readonly string[] = ['']): string {
    const plain = words.map(pascalCase).join('')
    const base = /^[A-Za-z]/.test(plain) ? plain : `Type${plain}`
    let name = base
    for (let count = 2; endings.some((ending) => this.#used.has(name + ending)); count++) name = `${base}${count}`
    for (const ending of endings) this.#used.add(name + ending)
    return name
  }
}

export function modelsOf(contract: ContractDocument): readonly ModelDocument[] {
  return Object.values(contract.apps).flatMap(({ models }) => Object.values(models))
}

/** `do-it` → `DoIt`; whatever is no letter or digit only separates. */
function pascalCase(word: string): string {
  const parts = word.split(/[^A-Za-z0-9]/).filter((part) => part !== '')
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')
}
