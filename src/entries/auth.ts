// `slumberjs/auth`: users, permissions and the schemes that tell who is asking.

export {
  authApp,
  basic,
  hashPassword,
  hashQueue,
  localUsers,
  maxPasswordLength,
  principalOf,
  remember,
  remoteUsers,
  verifyPassword,
  type HashQueue,
  type HashQueueOptions,
  type Identity,
  type RememberOptions,
  type RemoteUsersOptions,
  type VerifyPassword,
} from '../auth/index.ts'
