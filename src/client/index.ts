// Typed access to the models of every service: `slumberjs`.

export { connect, type Client, type ClientMembers, type ConnectOptions } from './connect.ts'
export { basic, bearer, type Credentials } from './credentials.ts'
export {
  Conflict,
  ConnectionFailed,
  Forbidden,
  Invalid,
  NotFound,
  PreconditionFailed,
  Refused,
  SlumberError,
  TimedOut,
  Unauthenticated,
  Unavailable,
  UnexpectedAnswer,
  UnknownName,
} from './errors.ts'
export type { Call, Reply, Transport } from './send.ts'
export type {
  Comparison,
  FilterGroups,
  ItemComparison,
  NullComparison,
  OrderComparison,
  TextComparison,
} from '../wire/index.ts'
export { ownOperations, type OwnOperation } from './operations.ts'
export type {
  InstanceMembers,
  Linked,
  List,
  ModelClient,
  ModelMembers,
  ModelShape,
  OneOf,
  PageOf,
  Reference,
} from './shape.ts'
export type { UntypedInstance, UntypedNode, UntypedServices, UntypedShape } from './untyped.ts'
