// Doubles for the tests of programs that use services: services on databases in memory, and a transport with expectations.

export { mockServices, type MockClientOptions, type MockServices, type MockServicesOptions } from './mock-services.ts'
export {
  mockTransport,
  UnexpectedRequest,
  type Expected,
  type MockAnswer,
  type MockTransport,
} from './mock-transport.ts'
export type { DisplayOf, OperationsOf, RowOf, RowsOf, Tree } from './mocked.ts'
export type { MockUser } from './services/users.ts'
