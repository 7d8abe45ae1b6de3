// `slumberjs/server`: services, apps and models.

export * from '../server/index.ts'
export type { ContractOf } from '../contract/index.ts'
export { jsonLogger, redact, silentLogger, type Logger, type LogFields, type LogLevel } from '../wire/index.ts'
export { Problem, type Principal, type ProblemOptions, type RequestInfo, type Scheme } from '../http/index.ts'
