// In Express 5: before any body parser, which would eat the content.

import express, { type Express } from 'express'
import { requestListener } from 'slumberjs/node'
import { api } from './api.ts'

export const app: Express = express()
app.all('/api{/*path}', requestListener(api)) // `all`, not `use`, which would cut the prefix off the URL
app.use(express.json())
app.get('/', (_, response) => void response.send('a page of Express'))
