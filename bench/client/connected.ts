// A client of the services, and what the callers of one pizza have in common.
import { basic, connect, type Client, type ConnectOptions, type UntypedNode, type UntypedServices } from 'slumberjs'
import { user } from '../server/credentials.ts'
import { directoryAt, PIZZAS } from './services.ts'

/** That has the contracts. */
export const connected = async (
  origin: string,
  options: Partial<ConnectOptions> = {},
): Promise<Client<UntypedServices>> => {
  const authenticate = basic(user.name, user.password)
  const client = connect({ directory: directoryAt(origin), authenticate, ...options })
  await modelOf(client, 'pizzas', 'menu', 'Pizza').get({ id: 1 })
  return client
}

export const modelOf = (
  client: Client<UntypedServices>,
  ...[service, app, model]: [string, string, string]
): UntypedNode => client[service]![app]![model]! // any name is a node

/** The number of the pizza of a call. */
export const idOf = (index: number): number => 1 + (index % PIZZAS)

/** Gets one pizza. */
export const getOne = async (origin: string, options: Partial<ConnectOptions> = {}) =>
  getOneOf(await connected(origin, options))

export const getOneOf = (client: Client<UntypedServices>) => {
  const Pizza = modelOf(client, 'pizzas', 'menu', 'Pizza')
  return async (index: number) => {
    const { id, name } = await Pizza.get({ id: idOf(index) })
    return { id, name }
  }
}

/** The request that the client sends for a pizza: URL and fields. */
export const requestFor = (origin: string) => ({
  url: (index: number) => `${origin}/slumber/pizzas/menu/Pizza/-/get?id=${idOf(index)}`,
  headers: {
    accept: 'application/hal+json, application/json;q=0.9',
    authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`,
  },
})
