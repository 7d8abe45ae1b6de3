// `slumberjs/http`: any resource over HTTP.

export * from '../http/index.ts'
