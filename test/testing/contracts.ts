// The contracts of the client's test services, as `slumber types --contracts` saves them.
import { connect, basic } from 'slumberjs'
import { makeSystem } from '../client/fixture/services.ts'

export async function savedContracts(): Promise<readonly object[]> {
  const system = await makeSystem()
  const { pizzas, atlas, directory } = system
  const client = connect({
    directory,
    authenticate: basic('guest', 'guest-demo'),
    transport: (request) => (request.url.startsWith(atlas.url) ? atlas : pizzas).fetch(request),
  })
  const asked = [pizzas, atlas].map(async ({ url }) => (await client.get(`${url}-/contract`)).content)
  const contracts = (await Promise.all(asked)) as readonly object[] // documents
  await system.close()
  return contracts
}
