// Where kept answers are: in the memory of this process, within a limit, by path and then by what else they depend on.

import { LRUCache } from 'lru-cache'
import type { EntityTag } from '../../wire/index.ts'
import type { Answer } from '../answer.ts'

/** A whole answer, its content written, with what must be known to answer with it again. */
export interface KeptPage {
  readonly answer: Answer
  readonly entityTag: EntityTag | undefined
  readonly stateTag: EntityTag | undefined
  readonly lastModified: Date | undefined
  /** Milliseconds of `performance.now()`. */
  readonly keptAt: number
}

/** What is known of a path: under which names of request fields its answers are kept. A write makes it another one. */
export interface PathIndex {
  readonly generation: number
  fields: readonly string[]
}

/** What several `cachePage` may share. It belongs to one process: answers of another are not seen, nor are its writes. */
export interface PageStore {
  /** The index of a path, made where there is none. */
  index(path: string): PathIndex
  /** Whether nothing was written to the path since that index was got. */
  isCurrent(path: string, index: PathIndex): boolean
  get(key: string): KeptPage | undefined
  /** `size` is the content's; the least recently used pages give way. A page larger than the store is not kept. */
  set(key: string, page: KeptPage, size: number): void
  /** Forgets a path, with all that is kept of it. */
  drop(path: string): void
  clear(): void
}

/**
 * Makes a store of `maxSize` octets (UTF-16 units of text), 16 MiB unless told otherwise.
 *
 * @throws RangeError where the size is not a whole number above zero.
 * @example
 * const pages = pageStore({ maxSize: 64 * 1_048_576 })
 * cachePage(60, { store: pages })
 */
export function pageStore({ maxSize = 16 * 1_048_576 }: { readonly maxSize?: number } = {}): PageStore {
  if (!(Number.isInteger(maxSize) && maxSize > 0)) {
    throw new RangeError('pageStore() takes a whole number of octets above zero.')
  }
  const paths = new LRUCache<string, PathIndex>({ maxSize, sizeCalculation: (_index, path) => path.length + overhead })
  const pages = new LRUCache<string, KeptPage>({ maxSize })
  let generation = 0

  return {
    index(path) {
      const known = paths.get(path)
      if (known !== undefined) return known
      const made: PathIndex = { generation: ++generation, fields: [] }
      paths.set(path, made)
      return made
    },
    isCurrent: (path, index) => paths.peek(path) === index,
    get: (key) => pages.get(key),
    set: (key, page, size) =>
      void pages.set(key, page, { size: size + key.length + headerSize(page.answer) + overhead }),
    // Its pages are under a generation that nobody asks for any more, and give way in time.
    drop: (path) => void paths.delete(path),
    clear() {
      paths.clear()
      pages.clear()
    },
  }
}

/** What an entry takes besides its texts, roughly. */
const overhead = 256

function headerSize({ headers }: Answer): number {
  return Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + [value].flat().join('').length, 0)
}
