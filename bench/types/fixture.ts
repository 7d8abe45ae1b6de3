// Texts of a service with many models that refer to each other, and of a program that uses every one of them.

const models = 200
/** Of each model, every one with a data array at its other end. */
const references = 10

const every = <Made>(count: number, make: (index: number) => Made): readonly Made[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Each refers to others at growing distances, so that no two models refer to each other by two columns. */
const targetOf = (model: number, reference: number): number => (model + 1 + reference * 7) % models

/** `tables.ts`: what a program without ContractOf has as well. */
export function tables(): string {
  const table = (model: number): string => `export const table${model} = sqliteTable('table_${model}', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text({ length: 40 }).notNull().unique(),
  price: numeric().notNull(),
  state: text({ enum: ['open', 'paid', 'sent'] }).notNull(),
  note: text(),
  isPaid: integer({ mode: 'boolean' }).notNull().default(false),
  changedAt: integer({ mode: 'timestamp' }),
${every(references, (reference) => `  link${reference}Id: integer()${reference === 0 ? '.notNull()' : ''}.references((): AnySQLiteColumn => table${targetOf(model, reference)}.id),\n`).join('')}})
`
  return `import { integer, numeric, sqliteTable, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'\n\n${every(models, table).join('\n')}`
}

/** `service.ts` beside it, with what `ContractOf` is told. */
export function service(): string {
  const model = (index: number): string => `  Model${index}: model(table${index}, {
    display: 'name',
    unique: ['name'],
    references: {
${every(references, (reference) => `      link${reference}Id: { name: 'link${reference}', inverse: 'links${reference}Of${index}', to: table${targetOf(index, reference)} },\n`).join('')}    },
  }),
`
  return `import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { basic } from 'slumberjs/auth'
import { app, model, service } from 'slumberjs/server'
import { ${every(models, (index) => `table${index}`).join(', ')} } from './tables.js'

const menu = app('menu', {
${every(models, model).join('')}})

export const bench = service(null, {
  url: 'http://localhost/',
  database: drizzle(createClient({ url: 'file::memory:' })),
  apps: [menu],
  authenticate: [basic(async () => ({ name: 'bench', superuser: true, permissions: [] }))],
  logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
})
`
}

/** A program that reads, writes, filters, sorts and expands each model. */
export function use(services: string): string {
  const function_ = (index: number): string => {
    const [first, second] = [targetOf(index, 0), targetOf(index, 1)]
    return `export async function use${index}(): Promise<string> {
  const one = await menu.Model${index}.get({ name: 'One' })
  const made = await menu.Model${index}.create({ name: 'Two', price: 2, state: 'open', link0: await menu.Model${first}.get({ id: 1 }) })
  await made.update({ note: null, link1Id: 3 })
  const list = menu.Model${index}.filter({ price: { gte: 5 }, link1: { name: { startswith: 'A' } } }).sort('-changedAt', 'name')
  const page = await list.expand('link0', { links1Of${(index - 8 + models) % models}: { limit: 5, filter: { state: 'paid' } } }).limit(50).page()
  const other = await page.items[0]?.link1?.get()
  return \`\${one.name} \${(await one.link0.get()).state} \${other?.price} ${second}\`
}
`
  }
  return `import { connect } from 'slumberjs'\n${services}\nconst { menu } = connect<Services>({ service: 'http://localhost/' })\n\n${every(models, function_).join('\n')}`
}
