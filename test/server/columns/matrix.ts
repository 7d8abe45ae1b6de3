// A matrix in PostgreSQL, as each version of Drizzle declares it: 1.0 is told all dimensions at once.
import * as pg from 'drizzle-orm/pg-core'

const twice = () => pg.integer().array().array()

export function matrix(): ReturnType<typeof twice> {
  if (Object.hasOwn(pg, 'PgArray')) return twice()
  const integer = pg.integer() as unknown as { array(dimensions: string): ReturnType<typeof twice> } // its type in 1.0
  return integer.array('[][]')
}
