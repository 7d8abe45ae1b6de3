// What belongs to one incoming request, wherever the code that answers it has got to: on platforms that follow it (AsyncLocalStorage).

/** A request that is being answered. */
export interface FollowedRequest {
  /** Who asks, once that is known. */
  readonly principal: Asking | undefined
  readonly headers: { get(name: string): string | null }
}

/** Who asks, as far as it is passed on to others. */
export interface Asking {
  readonly name: string
  /** The service that asks, for itself or for the user. */
  readonly service?: string
  /** The user as that service names them. */
  readonly forwarded?: { readonly name: string; readonly issuer: string }
}

/** For whom others are asked where the program itself says so; without a user, for the service. */
export interface Stated {
  readonly user?: { readonly name: string; readonly issuer?: string }
}

interface Context {
  readonly request: FollowedRequest | undefined
  readonly stated: Stated | undefined
}

interface Storage {
  run<T>(context: Context, work: () => T): T
  getStore(): Context | undefined
}

let storage: Storage | undefined

/**
 * From now on requests are followed; until then nothing is, because it costs time with every promise of the process.
 *
 * @returns whether they are: not on platforms without `node:async_hooks`, which are browsers, and Workers that do not ask for it.
 */
export function followRequests(): boolean {
  storage ??= storageOfPlatform()
  return storage !== undefined
}

/** Does the work of answering one request: nothing is stated yet, whoever asks for it in this process. */
export function inRequest<T>(request: FollowedRequest, work: () => T): T {
  return storage === undefined ? work() : storage.run({ request, stated: undefined }, work)
}

/** Undefined outside of one, and where none is followed. */
export function currentRequest(): FollowedRequest | undefined {
  return storage?.getStore()?.request
}

/** @throws TypeError where nothing is followed: what is stated would be forgotten before it is asked for. */
export function stating<T>(stated: Stated, work: () => T): T {
  if (!followRequests() || storage === undefined) {
    throw new TypeError('This platform has no AsyncLocalStorage to know by for whom some work is done.')
  }
  return storage.run({ request: currentRequest(), stated }, work)
}

export function currentlyStated(): Stated | undefined {
  return storage?.getStore()?.stated
}

/** Without an import, which bundlers for browsers would follow. */
function storageOfPlatform(): Storage | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => { AsyncLocalStorage: new () => Storage } | undefined }
  } // Node 20.16, Deno, Bun and Workers have it
  const hooks = process?.getBuiltinModule?.('node:async_hooks')
  return hooks && new hooks.AsyncLocalStorage()
}
