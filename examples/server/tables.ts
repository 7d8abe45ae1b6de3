// The table of Slumber's own, for your drizzle-kit; `slumberjs/pg` and `slumberjs/mysql` have it for theirs.

import { slumberTables } from 'slumberjs/sqlite'

export const { shared } = slumberTables
