// The seed of all property tests. `npm test` tries the same examples each time, so that it fails for what was changed and for
// nothing else; `npm run fuzz` tries others. Repeat a run with FUZZ_SEED=<the seed it told>.
import { configureGlobal } from 'fast-check'

export const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122)

configureGlobal({ seed })
