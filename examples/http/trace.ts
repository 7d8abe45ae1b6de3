// The questions that a request was asked, in a header field of its answer: for development.

import { router } from 'slumberjs/http'
import { Post } from './blog.ts'

export const traced = router([Post], { defaults: { trace: process.env['NODE_ENV'] !== 'production' } })
