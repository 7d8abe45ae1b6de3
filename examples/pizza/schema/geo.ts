// The tables of `atlas`: the countries and cities of the world.

import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const countries = sqliteTable('country', {
  /** ISO 3166-1 alpha-2 */
  code: text({ length: 2 }).primaryKey(),
  name: text().notNull().unique(),
  officialName: text().notNull(),
  capital: text(),
  region: text().notNull(),
  subregion: text(),
  /** km² */
  area: real().notNull(),
  landlocked: integer({ mode: 'boolean' }).notNull(),
})

export const cities = sqliteTable(
  'city',
  {
    /** GeoNames id */
    id: integer().primaryKey(),
    name: text().notNull(),
    countryCode: text({ length: 2 })
      .notNull()
      .references(() => countries.code),
    population: integer().notNull(),
    latitude: real().notNull(),
    longitude: real().notNull(),
  },
  (table) => [
    index('city_by_population').on(table.countryCode, table.population),
    index('city_by_name').on(table.name),
  ],
)
