// Reads src/ for the architecture tests: its files, and what each of them imports.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url))

/** One import as written; `typeOnly` where nothing of it is left in the compiled file. */
export interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
}

/** Every TypeScript file below src/, as a path from there with slashes, in order of name. */
export const sourceFiles = (): readonly string[] =>
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .toSorted()

/** The text of a file that `sourceFiles` named. */
export const readSource = (file: string): string => readFileSync(SOURCE + file, 'utf8')

/**
 * What a module imports or re-exports, statically, dynamically (literal specifiers only) and inside types.
 * `import { type A } from 'x'` counts as a runtime import: with `verbatimModuleSyntax` it stays as `import 'x'`.
 */
export const importsOf = (file: string, source: string): readonly Import[] => {
  const { module, program, errors } = parseSync(file, source)
  if (errors[0] !== undefined) throw new SyntaxError(`${file}: ${errors[0].message}`)
  const found: Import[] = []
  for (const { start, moduleRequest } of module.staticImports) {
    found.push({ specifier: moduleRequest.value, typeOnly: startsWithType(source, start) })
  }
  for (const { start, entries } of module.staticExports) {
    const specifier = entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest?.value
    if (specifier !== undefined) found.push({ specifier, typeOnly: startsWithType(source, start) })
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const [, specifier] = /^['"](.+)['"]$/.exec(source.slice(moduleRequest.start, moduleRequest.end)) ?? []
    if (specifier !== undefined) found.push({ specifier, typeOnly: false })
  }
  for (const specifier of importTypes(program)) found.push({ specifier, typeOnly: true })
  return found
}

/** True for `import type …` and `export type …`. */
const startsWithType = (source: string, start: number): boolean => /^(?:import|export) type\b/.test(source.slice(start))

/** The specifiers of `import('x').Y` in type positions, which the module record does not list. */
const importTypes = function* (node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  if ('type' in node && node.type === 'TSImportType' && 'source' in node) {
    const { value } = node.source as { value: string } // the one shape the parser gives a TSImportType's source
    yield value
  }
  for (const child of Object.values(node)) yield* importTypes(child)
}
