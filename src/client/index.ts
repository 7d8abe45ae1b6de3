// Typed access to the models of every service: `slumberjs`.

export { httpCache, type HttpCacheOptions } from './cache/http-cache.ts'
export type { Kept } from './cache/kept.ts'
export { perRequest } from './cache/per-request.ts'
export { redisStore, type RedisClient, type RedisStoreOptions } from './cache/redis-store.ts'
export { memoryStore, type CacheStore, type Held, type MemoryStoreOptions } from './cache/store.ts'
export {
  connect,
  type AgentOptions,
  type Cache,
  type Client,
  type ClientMembers,
  type ConnectOptions,
} from './connect.ts'
export { basic, bearer, type Credentials } from './credentials.ts'
export {
  CircuitOpen,
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
export { inProcess, type Served, type ServedFetch } from './sending/in-process.ts'
export type { Answer, Fields, Limits, Message, Share, Sign, Step, Transport, WhenOver } from './sending/message.ts'
export type { Call, CallOptions, Reply } from './sending/send.ts'
export type {
  Comparison,
  FilterGroups,
  ItemComparison,
  NullComparison,
  OrderComparison,
  TextComparison,
} from '../wire/index.ts'
export type { Mixin, ModelProxy, Proxies } from './proxies.ts'
export { ownOperations, type OwnOperation } from './operations.ts'
export type {
  ArrayExpansion,
  GetOptions,
  InstanceMembers,
  Linked,
  List,
  ModelMembers,
  ModelShape,
  Narrowed,
  OneOf,
  PageOf,
  Reference,
  ReferenceExpansion,
} from './shape.ts'
export type { UntypedInstance, UntypedNode, UntypedServices, UntypedShape } from './untyped.ts'
