// `mockServices`: the real server, in this process and on databases in memory, in the place of services that a test does without.

import type { ConnectOptions, UntypedServices } from '../client/index.ts'
import type { AppDefinition, Service } from '../server/index.ts'
import type { DisplayOf, OperationsOf, RowsOf } from './mocked.ts'
import type { MockUser } from './services/users.ts'

/** @typeParam Services as written by `slumber types`. */
export interface MockServicesOptions<Services = UntypedServices> {
  /** What services say of themselves, as `slumber types --contracts` saves it. */
  readonly contracts?: readonly object[]
  /** The apps of services whose SQLite tables are at hand, as `service()` takes them. What is neither here nor in a contract is told from its rows. */
  readonly apps?: Readonly<Record<string, readonly AppDefinition[]>>
  readonly rows?: RowsOf<Services>
  /** What the operations of contracts do; one that is left out answers 501. */
  readonly operations?: OperationsOf<Services>
  /** The field that names an instance, which contracts do not tell; the key unless given. */
  readonly display?: DisplayOf<Services>
  /** Other names of services: `{ world: 'atlas' }`. */
  readonly aliases?: Readonly<Record<string, string>>
}

/** What a client needs to ask the mock services: for `connect({ ...mock.options })`. */
export type MockClientOptions = Pick<
  ConnectOptions,
  'directory' | 'service' | 'contracts' | 'transport' | 'authenticate'
>

export interface MockServices {
  /** Of a user who may do everything. */
  readonly options: MockClientOptions
  /** Of another user, who may read, and do what their permissions say: `mock.as({ name: 'clerk', permissions: ['menu.change_pizza'] })`. */
  as(user: MockUser): MockClientOptions
  /** Each by its name; one that stands alone is called `service`. */
  readonly services: Readonly<Record<string, Service>>
  close(): void
}

/**
 * Needs the packages `drizzle-orm` and `@libsql/client`.
 *
 * @throws TypeError for a model, a field or an operation that does not exist, and for a row that cannot be stored.
 * @example
 * const mock = await mockServices<Services>({ contracts, rows: { pizzas: { menu: { Pizza: [{ id: 1, name: 'Margherita', price: '7.5' }] } } } })
 * const client = connect<Services>({ ...mock.options })
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is what each call says
export async function mockServices<Services = UntypedServices>(
  options: MockServicesOptions<NoInfer<Services>>,
): Promise<MockServices> {
  // Only here: who mocks the transport alone needs no database.
  const { makeServices } = await import('./services/make.ts')
  return await makeServices(options as unknown as MockServicesOptions) // names are checked when they are used
}
