// The server that all callers ask.
import { serve } from 'slumberjs/node'
import type { Service } from 'slumberjs/server'
import type { Contestant } from '../frame/scenario.ts'
import { makeServices } from './services.ts'

export const start: Contestant['start'] = async (folder) => {
  let services: readonly Service[] = []
  const serviceOf = (url: string) => services.find((each) => url.startsWith(each.url)) ?? services[0]
  const { port, url } = await serve({
    fetch: async (request, info) => (await serviceOf(request.url)?.fetch(request, info)) ?? Response.error(),
    answer: (request, info) => serviceOf(request.url)?.answer(request, info) ?? Response.error(),
  })
  services = await makeServices(url, folder) // whose URLs hold the port
  return { port }
}
