// Copies the files that the README and the pages in docs/ show into them: `node scripts/readme.mjs`.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)
const read = (file) => readFileSync(new URL(file, root), 'utf8')
const docs = readdirSync(new URL('docs/', root)).filter((file) => file.endsWith('.md'))
const block = /<!-- (examples\/\S+) -->\n```ts\n[^]*?```/g

for (const page of ['README.md', ...docs.map((file) => `docs/${file}`)]) {
  const shown = read(page).replaceAll(block, (_, file) => `<!-- ${file} -->\n\`\`\`ts\n${read(file)}\`\`\``)
  writeFileSync(new URL(page, root), shown)
}
