// The client's types of a service, from the types of its definition.

export type { ContractOf } from './contract-of.ts'
