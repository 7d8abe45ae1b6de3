// Who is asking and what they may do: `slumberjs/auth`.

export { authApp } from './auth-app.ts'
export { hashQueue, type HashQueue, type HashQueueOptions } from './hash-queue.ts'
export { principalOf, type Identity, type VerifyPassword } from './identity.ts'
export { localUsers } from './tables/local-users.ts'
export { hashPassword, maxPasswordLength, verifyPassword } from './password.ts'
export { remember, type RememberOptions } from './remember.ts'
export { remoteUsers, type RemoteUsersOptions } from './remote-users.ts'
export { basic } from './schemes/basic.ts'
export * as sqliteTables from './tables/sqlite.ts'
