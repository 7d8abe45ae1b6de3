// Runs the pizzeria until it is interrupted: `node examples/.build/server/start.js`, after `npm run build` and `npm run build:examples`.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from 'slumberjs/node'
import { pizzeria } from './pizzeria.ts'

const file = join(mkdtempSync(join(tmpdir(), 'pizzeria-')), 'pizzeria.db')
const url = 'http://localhost:8000/slumber/pizzas/'
await serve(await pizzeria(file, url), { port: 8000 })
console.log(url)
