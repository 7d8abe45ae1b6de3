// An auth service on a port, which can be stopped and started again, and a kitchen whose users it keeps.
import { eq } from 'drizzle-orm'
import {
  authApp,
  basic,
  generateServiceKey,
  remoteAuth,
  signed,
  signing,
  type RemoteAuth,
  type RemoteAuthOptions,
} from 'slumberjs/auth'
import { serve, type Server } from 'slumberjs/node'
import { authTables as tables } from 'slumberjs/sqlite'
import { service, type Logger, type Service } from 'slumberjs/server'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { accounting, ask, as, directory, type Answer } from '../fixture.ts'

const kitchenKey = generateServiceKey()
const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} }

export interface Kitchen {
  readonly remote: RemoteAuth
  readonly service: Service
  /** By Basic, with their own password. */
  get(name: Parameters<typeof as>[0]): Promise<number>
  /** Adds a note; the status. */
  add(name: Parameters<typeof as>[0]): Promise<number>
  ask(method: string, path: string, asked?: Parameters<typeof ask>[3]): Promise<Answer>
}

/** @param permissions of the kitchen at the auth service */
export function remoteSystem(permissions: readonly string[] = ['auth.view_user']): {
  readonly system: ReturnType<typeof accounting>
  /** What arrived at the auth service: paths below its users. */
  readonly arrived: string[]
  /** Of the directory, `auth` included. */
  readonly services: { kitchen: string; accounting: string; auth: string }
  /** Seconds that the kitchens' clock has gone. */
  readonly clock: { now: number }
  /** Waited for before anything is answered. */
  readonly held: { until: Promise<unknown> }
  stop(): Promise<void>
  start(): Promise<void>
  kitchen(options?: Partial<RemoteAuthOptions>): Kitchen
} {
  const system = accounting()
  const arrived: string[] = []
  const services = { kitchen: directory.kitchen, accounting: '', auth: '' }
  const clock = { now: 0 }
  const held: { until: Promise<unknown> } = { until: Promise.resolve() }
  let server: Server | undefined
  let handler: (request: Request) => Promise<Response> = async () => new Response()

  const start = async (): Promise<void> => {
    server ??= await serve((request) => handler(request), services.auth === '' ? {} : { port: portOf(services.auth) })
  }
  const stop = async (): Promise<void> => {
    await server?.close()
    server = undefined
  }
  beforeAll(async () => {
    await start()
    const url = `${server!.url}/slumber/accounting/`
    Object.assign(services, { accounting: url, auth: url })
    const keys = { kitchen: { service: 'kitchen', publicKey: kitchenKey.publicKey, grant: permissions } }
    const made = service('accounting', {
      url,
      database: system.database,
      apps: [authApp(system.verify)],
      authenticate: [signed({ url, keys }), basic(system.verify)],
      logger: quiet,
    })
    handler = async (request) => {
      arrived.push(new URL(request.url).pathname.split('/-/')[1] ?? '')
      const response = await made.fetch(request)
      await held.until
      return response
    }
  })
  beforeEach(() => {
    arrived.length = 0
    clock.now = 0
    held.until = Promise.resolve()
  })
  afterEach(start)
  afterAll(stop)

  const kitchen = (options: Partial<RemoteAuthOptions> = {}): Kitchen => {
    const authenticate = signing({ service: 'kitchen', key: kitchenKey.privateKey })
    const remote = remoteAuth({
      directory: services,
      authenticate,
      feedSeconds: 3_600,
      steady: () => clock.now,
      ...options,
    })
    const made = system.kitchen([basic(remote.verify)])
    const asking: Kitchen['ask'] = async (...asked) => await ask(made, ...asked)
    return {
      remote,
      service: made,
      ask: asking,
      get: async (name) => (await asking('GET', 'kitchen/Note', { authorization: as(name) })).status,
      add: async (name) =>
        (await asking('POST', 'kitchen/Note', { authorization: as(name), json: { words: 'salt' } })).status,
    }
  }
  return { system, arrived, services, clock, held, stop, start, kitchen }
}

function portOf(url: string): number {
  return Number(new URL(url).port)
}

/** Changes a user behind everybody's back. */
export async function change(
  { database }: ReturnType<typeof accounting>,
  name: string,
  values: Partial<typeof tables.users.$inferInsert>,
): Promise<void> {
  await database.update(tables.users).set(values).where(eq(tables.users.name, name))
}
