// Every row of a large table as lines of JSON (NDJSON): the service's export against writing the rows of the driver as they come
// with JSON.stringify, over each driver; and how much memory the process needs for it. --rows=N tries it with fewer rows.
import type { Contest } from '../frame/scenario.ts'
import { authorization } from '../server/credentials.ts'
import { drivers, dropDatabases, missingFor } from '../server/place.ts'
import { ROWS } from './rows.ts'

export const contest: Contest = {
  ours: 'slumber',
  references: ['driver'],
  variants: drivers,
  missing: missingFor,
  clearUp: dropDatabases,
  scenarios: [
    {
      name: `${ROWS.toLocaleString('en')} rows`,
      paths: ['/slumber/pizzas/menu/Pizza?limit=all'],
      status: 200,
      headers: { Accept: 'application/x-ndjson', Authorization: authorization },
      sameHeaders: ['content-type', 'transfer-encoding'],
      bothHave: [],
      // Only the count is compared: SQLite has neither booleans nor decimals, and the driver's rows are written as they come.
      lines: ROWS,
      requests: 1,
      targets: { driver: 0.5 },
      memory: 200,
    },
  ],
}
