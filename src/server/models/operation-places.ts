// Where the operations of a model's own are: below its URL or mounted elsewhere, with further parts of the path.

import { PathTemplate, type HalLink } from '../../http/index.ts'
import type { OperationDefinition } from '../definition/define-operation.ts'
import type { App } from './link-models.ts'
import type { Model } from './model.ts'

/** The parts of the path behind an operation's name, and what it is mounted at, by definition: each read once. */
const templates = new WeakMap<OperationDefinition, PathTemplate>()

/** What a path must say beyond the operation's own place; undefined where it says nothing more. */
function templateOf(definition: OperationDefinition): PathTemplate | undefined {
  const { mount = '', path = '' } = definition
  if (mount + path === '') return undefined
  const known = templates.get(definition)
  if (known !== undefined) return known
  const template = new PathTemplate(mount + path)
  templates.set(definition, template)
  return template
}

/** The operation's URI template (RFC 6570), without the service's query parameters. */
export function operationTemplate(model: Model, name: string, definition: OperationDefinition): string {
  const parts = templateOf(definition)
  // Of a path by itself the slash stays where its only part is left out; behind a name it goes, too.
  const isLoose = parts !== undefined && parts.leadingSegments.length === 0 && parts.requiredNames.length === 0
  const written = parts?.uriTemplate.replace('{pk}', '{+pk}') ?? ''
  const template = isLoose ? written.replace(/^\/\{\+?/, '{/') : written
  return definition.mount === undefined
    ? usualPlace(model, name, definition, '{+pk}') + template
    : root(model) + template
}

function usualPlace(model: Model, name: string, { of }: OperationDefinition, key: string): string {
  return `${model.url}/${of === 'instance' ? key : '-'}/${name}`
}

/** The URL of the service, without its final slash. */
function root(model: Model): string {
  return model.url.slice(0, -`/${model.app.replaceAll('.', '/')}/${model.name}`.length)
}

/**
 * The operation's URL.
 *
 * @param key of the instance, as its URL has it; empty for an operation of the model.
 * @param params values for the further parts of the path.
 * @throws TypeError where the path cannot hold the values.
 */
export function operationUrl(
  model: Model,
  name: string,
  definition: OperationDefinition,
  key: string,
  params: Readonly<Record<string, string | number | bigint>> = {},
): string {
  const template = templateOf(definition)
  const isMounted = definition.mount !== undefined
  const place = isMounted ? root(model) : usualPlace(model, name, definition, key)
  if (template === undefined) {
    if (Object.keys(params).length > 0) throw model.fault(`the operation "${name}" has no further parts of its path`)
    return place
  }
  if (!isMounted || definition.of === 'model') return withoutSlash(place + template.fill(params))
  // Filled with a stand-in: the key is encoded already, and another way than `fill` would.
  const values = { ...params, pk: standIn }
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a path, not an array
  return place + template.fill(values).replace(`/${standIn}`, () => `/${key}`)
}

const standIn = 'slumber-key'

/** The link from an instance to an operation of it; a template where its path has further parts that it needs. */
export function operationLink(model: Model, name: string, definition: OperationDefinition, key: string): HalLink {
  const needed = templateOf(definition)?.requiredNames.filter((each) => each !== 'pk') ?? []
  if (needed.length === 0) return { href: operationUrl(model, name, definition, key) }
  return { href: operationTemplate(model, name, definition).replace('{+pk}', () => key), templated: true }
}

/** A part that may be left out, and is, leaves a slash where it is the only one. */
function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url
}

/**
 * The further parts of a path behind an operation's name; undefined where it has none like that.
 *
 * @param segments percent-encoded
 */
export function readParams(
  definition: OperationDefinition,
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const template = templateOf(definition)
  if (template === undefined) return segments.length === 0 ? {} : undefined
  const path = decodeSegments(segments)
  return path === undefined ? undefined : template.read(path)
}

/** An operation that was found by its mount. */
export interface Mounted {
  readonly model: Model
  readonly name: string
  readonly definition: OperationDefinition
  /** Which of the segments is the key of the instance; undefined for an operation of the model. */
  readonly keyAt: number | undefined
  readonly params: Readonly<Record<string, string>>
}

/** All operations that are mounted elsewhere. */
export class Mounts {
  readonly #all: readonly Omit<Mounted, 'keyAt' | 'params'>[]

  /** @throws TypeError for a mount that cannot be, or would never be reached. */
  constructor(apps: readonly App[]) {
    const models = apps.flatMap((app) => [...app.models.values()])
    const all = models.flatMap((model) =>
      [...model.operations.own]
        .filter(([name, definition]) => checkPlace(model, name, definition, apps))
        .map(([name, definition]) => ({ model, name, definition })),
    )
    // `/checks/special` before `/checks/:pk`, which would take its place.
    const words = (each: (typeof all)[number]): number => templateOf(each.definition)?.leadingSegments.length ?? 0
    this.#all = all.toSorted((a, b) => words(b) - words(a))
    const shapes = new Map<string, string>()
    for (const { model, name, definition } of this.#all) {
      const shape = templateOf(definition)?.shape ?? ''
      const other = shapes.get(shape)
      if (other !== undefined) throw model.fault(`the operations "${name}" and ${other} have one mount`)
      shapes.set(shape, `"${name}" of ${model.fullName}`)
    }
  }

  find(segments: readonly string[]): Mounted | undefined {
    for (const each of this.#all) {
      const params = readParams(each.definition, segments)
      if (params === undefined) continue
      const { pk, ...rest } = params
      return { ...each, keyAt: pk === undefined ? undefined : keyIndex(each.definition), params: rest }
    }
    return undefined
  }
}

/** Whether it is mounted. */
function checkPlace(model: Model, name: string, definition: OperationDefinition, apps: readonly App[]): boolean {
  const template = placed(model, name, definition)
  const { mount, of } = definition
  if (template === undefined || mount === undefined) return false
  const needsKey = of === 'instance'
  if (template.requiredNames.includes('pk') !== needsKey || (needsKey && keyIndex(definition) === -1)) {
    const what = needsKey ? 'the part ":pk", and before it no pattern' : 'no part ":pk"'
    throw model.fault(`the operation "${name}" is of ${needsKey ? 'an instance' : 'the model'}: its mount has ${what}`)
  }
  const [first, ...others] = template.leadingSegments
  if (first === undefined || first === '' || first === '-') {
    throw model.fault(`the mount of the operation "${name}" must begin with a word of its own`)
  }
  for (const app of apps) {
    const words = app.name.split('.')
    const rest = [first, ...others].slice(words.length)
    const isBelow = words.every((word, index) => [first, ...others][index] === word)
    if (isBelow && (rest[0] === undefined || rest[0] === '' || app.models.has(rest[0]))) {
      throw model.fault(`the mount of the operation "${name}" is taken by the app "${app.name}"`)
    }
  }
  return true
}

function placed(model: Model, name: string, definition: OperationDefinition): PathTemplate | undefined {
  try {
    return templateOf(definition)
  } catch (error) {
    throw error instanceof TypeError ? model.fault(`the operation "${name}": ${error.message}`) : error
  }
}

/** Where in the path the key is; -1 where that is not one place. */
function keyIndex({ mount = '' }: OperationDefinition): number {
  const place = mount.search(/\/:pk(?=[/{]|$)/)
  const before = mount.slice(0, Math.max(place, 0))
  return place === -1 || before.includes('{') ? -1 : before.split('/').length - 1
}

/** A decoded path; undefined where decoding would change its segments, or nothing was encoded like that. */
function decodeSegments(segments: readonly string[]): string | undefined {
  let path = ''
  for (const segment of segments) {
    const text = decodeSegment(segment)
    if (text === undefined) return undefined
    path += `/${text}`
  }
  return path === '' ? '/' : path
}

function decodeSegment(segment: string): string | undefined {
  try {
    const text = decodeURIComponent(segment)
    return text === '' || text === '.' || text === '..' || /[\0/\\]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
