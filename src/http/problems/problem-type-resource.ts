// What a problem's `type` leads to (RFC 9457 §3.1.1): the explanation of its code, for people and programs.

import { hashText } from '../../wire/index.ts'
import { html } from '../representations/html.ts'
import { json } from '../representations/representation.ts'
import { resource, type PathClass } from '../routing/resource-at.ts'
import { problemTypes, type ProblemType } from './problem-types.ts'

/**
 * A resource that explains the codes of problems: this layer's and those of a program. Mount it, and say where: then problems name
 * their type instead of `about:blank`.
 *
 * @param path has the parameter `code` at its end
 * @example
 * router([problemTypesResource('/problems/:code'), …], { defaults: { problemTypes: '/problems/' } })
 */
export function problemTypesResource<const Path extends `${string}/:code`>(
  path: Path,
  own: readonly ProblemType[] = [],
): PathClass<Path> {
  const types = new Map([...problemTypes, ...own].map((type) => [type.code, type]))
  // They change with the program.
  const settings = { produces: [json, html], caching: { visibility: 'public', maxAge: 86_400 } } as const
  return class ProblemTypes extends resource<Path>(path, { settings }) {
    get #type(): ProblemType | undefined {
      return types.get((this.params as { readonly code: string }).code) // the path ends in it
    }

    override get title(): string {
      return this.#type?.title ?? 'A problem'
    }

    override exists(): boolean {
      return this.#type !== undefined
    }

    override entityTag(): string {
      return hashText(JSON.stringify(this.#type))
    }

    GET(): ProblemType | undefined {
      return this.#type
    }
  }
}
