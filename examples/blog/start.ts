// Runs the blog until it is interrupted: `node examples/.build/blog/start.js`, after `npm run build` and `npm run build:examples`.

import { join } from 'node:path'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { startBlog } from './blog.ts'

const server = await startBlog(join(mkdtempSync(join(tmpdir(), 'blog-')), 'blog.db'), 8000)
console.log(`${server.url}/posts`)
