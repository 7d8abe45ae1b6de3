// Names from `defineRelations()` of Drizzle 1.0, which says both ends of a relation; run by `npm run test:drizzle1`.
import * as drizzle from 'drizzle-orm'
import { drizzle as overLibsql } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type ModelDefinitions, type ServiceOptions } from 'slumberjs/server'
import { askService, base, testScheme } from './fixture.ts'

type Relations = Readonly<Record<string, unknown>>
type Said = (columns?: object) => object

/** As much of Drizzle's helper as is used here; the types are those of 0.45, which has none. */
interface Helper {
  readonly one: Readonly<Record<'tags' | 'profiles', Said>>
  readonly many: Readonly<Record<'tags' | 'profiles' | 'notes', Said>>
  readonly tags: Readonly<Record<'id' | 'parentId', object>>
  readonly profiles: Readonly<Record<'id', object>>
  readonly notes: Readonly<Record<'about', object>>
}
type Relate = (r: Helper) => Readonly<Record<string, Relations>>
type Define = (schema: object, relate: Relate) => Relations
const { defineRelations } = drizzle as unknown as { readonly defineRelations?: Define }

const tags = sqliteTable('tag', {
  id: integer().primaryKey(),
  name: text().notNull(),
  parentId: integer('parent_id').references((): never => tags.id as never),
})
/** Its key is a reference. */
const profiles = sqliteTable('profile', {
  id: integer()
    .primaryKey()
    .references(() => tags.id),
  text: text().notNull(),
})
/** Without a foreign key. */
const notes = sqliteTable('note', { id: integer().primaryKey(), about: integer().notNull() })
const models: ModelDefinitions = { Tag: model(tags), Profile: model(profiles), Note: model(notes) }

function serve(options: Partial<ServiceOptions>) {
  return service(null, {
    url: `${base}/`,
    database: overLibsql.mock(),
    apps: [app('a', models)],
    authenticate: [testScheme],
    logger: silentLogger,
    ...options,
  })
}

async function namesOf(name: string, options: Partial<ServiceOptions>): Promise<readonly string[][]> {
  const { body } = await askService(serve(options), 'GET', `/a/${name}/-/model`)
  return [Object.keys(body.references), Object.keys(body.dataArrays)]
}

describe.runIf(defineRelations !== undefined)('defineRelations()', () => {
  const define = (relate: Relate) => defineRelations?.({ tags, profiles, notes }, relate) ?? {}
  const all = define((r) => ({
    tags: {
      above: r.one.tags({ from: r.tags.parentId, to: r.tags.id, alias: 'tree' }),
      below: r.many.tags({ alias: 'tree' }),
      profile: r.one.profiles(),
      remarks: r.many.notes({ from: r.tags.id, to: r.notes.about }),
    },
    profiles: { label: r.one.tags({ from: r.profiles.id, to: r.tags.id }) },
    notes: { subject: r.one.tags() },
  }))

  test('names references and their other ends, wherever the columns are said, and with no foreign key', async () => {
    expect(await namesOf('Tag', { relations: all })).toEqual([['above'], ['below', 'profile', 'remarks']])
    expect(await namesOf('Profile', { relations: all })).toEqual([['label'], []])
    expect(await namesOf('Note', { relations: all })).toEqual([['subject'], []])
  })

  test('is taken from the database that was given it', async () => {
    const mock = overLibsql.mock as (options: object) => ServiceOptions['database']
    expect(await namesOf('Profile', { database: mock({ relations: all }) })).toEqual([['label'], []])
  })

  test('of one row at both ends: the end with the foreign key refers', async () => {
    const both = define((r) => ({
      tags: { profile: r.one.profiles({ from: r.tags.id, to: r.profiles.id }) },
      profiles: { label: r.one.tags({ from: r.profiles.id, to: r.tags.id }) },
    }))
    expect(await namesOf('Tag', { relations: both })).toEqual([['parent'], ['tags', 'profile']])
    expect(await namesOf('Profile', { relations: both })).toEqual([['label'], []])
  })

  test('of some rows only, or that could be two other ends, names nothing or is refused', async () => {
    const some = define((r) => ({
      profiles: { label: r.one.tags({ from: r.profiles.id, to: r.tags.id, where: { id: 1 } }) },
    }))
    expect(await namesOf('Profile', { relations: some })).toEqual([['tag'], []])
    const twice = define((r) => ({
      tags: {
        one: r.many.profiles({ from: r.tags.id, to: r.profiles.id }),
        two: r.many.profiles({ from: r.tags.id, to: r.profiles.id }),
      },
      profiles: { label: r.one.tags({ from: r.profiles.id, to: r.tags.id }) },
    }))
    expect(() => serve({ relations: twice })).toThrow(
      'Relations of "tag": "one" and "two" could both be the other end of "label" of "profile"; give them an alias.',
    )
  })
})
