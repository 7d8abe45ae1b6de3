// Writes what services say of themselves as TypeScript: flat interfaces over the client's types, for `connect<Services>()`.

import type { ModelDocument } from '../wire/index.ts'
import { modelTypes } from './model-types.ts'
import { modelsOf, TypeNames, type DescribedService } from './type-names.ts'
import { comment, interfaceOf, member, memberName } from './type-text.ts'

/** What the generated text may need of the client. */
const clientTypes = [
  'ArrayExpansion',
  'Comparison',
  'FilterGroups',
  'InstanceMembers',
  'ItemComparison',
  'Linked',
  'List',
  'ModelMembers',
  'ModelShape',
  'NullComparison',
  'OneOf',
  'OrderComparison',
  'PageOf',
  'Reference',
  'ReferenceExpansion',
  'TextComparison',
  'UntypedInstance',
  'UntypedShape',
]

const header = `// Written by \`slumber types\` from what the services say of themselves; write it again after they change.
// Give it to the client: connect<Services>({ … })
`

/**
 * The text of a file of types. The same services give the same text.
 *
 * @param services each once, with all its names; or a single one without a name.
 * @example
 * declarations([{ names: ['pizzas'], contract }])  // 'export interface PizzasMenuPizza extends …'
 */
export function declarations(services: readonly DescribedService[]): string {
  const names = new TypeNames(services, clientTypes)
  const parts = services.flatMap(({ contract }) => modelsOf(contract).map((model) => modelTypes(model, names)))
  const members: string[] = []
  for (const { names: aliases, contract } of services) {
    const tree = treeOf(modelsOf(contract), names)
    if (aliases[0] === undefined) {
      members.push(...tree)
    } else {
      const type = names.claim([aliases[0], 'Service'])
      parts.push(comment([`The apps of ${aliases[0]}.`]) + interfaceOf(type, tree))
      members.push(...aliases.map((alias) => member(alias, [type])))
    }
  }
  parts.push(comment(['Every service by name.']) + interfaceOf('Services', members))
  const body = parts.join('\n')
  return `${header}\n${imports(body)}\n${body}`
}

/** Only what is used: some compilers refuse the rest. */
function imports(body: string): string {
  const used = clientTypes.filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  return `import type {\n${used.map((name) => `  ${name},\n`).join('')}} from 'slumberjs'\n`
}

interface Branch {
  readonly models: ModelDocument[]
  readonly apps: Map<string, Branch>
}

/** Apps by their dotted names, one inside the other, as members of the service. */
function treeOf(models: readonly ModelDocument[], names: TypeNames): readonly string[] {
  const root: Branch = { models: [], apps: new Map() }
  for (const model of models) {
    let branch = root
    for (const word of model.app.split('.')) {
      const next = branch.apps.get(word) ?? { models: [], apps: new Map() }
      branch.apps.set(word, next)
      branch = next
    }
    branch.models.push(model)
  }
  return branchMembers(root, names, '  ')
}

function branchMembers({ models, apps }: Branch, names: TypeNames, indent: string): readonly string[] {
  return [
    ...models.map(({ name, url }) => member(name, [`${names.ofModel(url) ?? ''}Model`], { indent })),
    ...[...apps].map(([name, branch]) => {
      const inside = branchMembers(branch, names, `${indent}  `)
      return `${indent}readonly ${memberName(name)}: {\n${inside.join('')}${indent}}\n`
    }),
  ]
}
