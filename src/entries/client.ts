// `slumberjs`: the client.

export * from '../client/index.ts'
export { isProblemDocument, type Fault, type ProblemDocument } from '../wire/index.ts'
