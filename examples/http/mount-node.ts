// On its own: Node's HTTP server with a strict front.

import { serve, type Server } from 'slumberjs/node'
import { api } from './api.ts'

export const start = (port: number): Promise<Server> => serve(api, { port })
