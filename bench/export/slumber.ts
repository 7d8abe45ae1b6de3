// Ours: a model that may be exported.
import { startService } from '../server/slumber.ts'
import type { Contestant } from '../frame/scenario.ts'
import { ROWS } from './rows.ts'

export const start: Contestant['start'] = (folder, driver) => startService(folder, driver, ROWS)
