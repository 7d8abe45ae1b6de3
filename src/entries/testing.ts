// `slumberjs/testing`: for the tests of programs that use the client.

export * from '../testing/index.ts'
