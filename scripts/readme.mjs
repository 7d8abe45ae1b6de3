// Copies the files that the README shows into it: `node scripts/readme.mjs`.

import { readFileSync, writeFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')
const block = /<!-- (examples\/\S+) -->\n```ts\n[^]*?```/g
writeFileSync(
  new URL('README.md', root),
  readme.replaceAll(
    block,
    (_, file) => `<!-- ${file} -->\n\`\`\`ts\n${readFileSync(new URL(file, root), 'utf8')}\`\`\``,
  ),
)
