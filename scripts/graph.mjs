// Draws the decision table into ARCHITECTURE.md, from what was built: `npm run build && node scripts/graph.mjs`.

import { readFileSync, writeFileSync } from 'node:fs'
import { drawGraph } from '../dist/http/decisions/graph.js'

const file = new URL('../ARCHITECTURE.md', import.meta.url)
const drawing = `<!-- decisions -->\n\n\`\`\`mermaid\n${drawGraph()}\`\`\`\n\n<!-- /decisions -->`
const text = readFileSync(file, 'utf8')
const drawn = text.replace(/<!-- decisions -->[^]*<!-- \/decisions -->/, () => drawing)
if (!drawn.includes(drawing)) throw new Error('ARCHITECTURE.md has no place for it: <!-- decisions --> …')
writeFileSync(file, drawn)
