// What belongs to one incoming request, wherever the code that answers it has got to: on platforms that follow it (AsyncLocalStorage).

interface Storage {
  run<T>(context: object, work: () => T): T
  getStore(): object | undefined
}

let storage: Storage | undefined

/**
 * From now on requests are followed; until then nothing is, because it costs time with every promise of the process.
 *
 * Without effect on platforms without `node:async_hooks`: browsers, and Workers that do not ask for it.
 */
export function followRequests(): void {
  storage ??= storageOfPlatform()
}

/** Does the work of answering one request. */
export function inRequest<T>(work: () => T): T {
  return storage === undefined ? work() : storage.run({}, work)
}

/** An object for each request that is being answered; undefined outside of one, and where none is followed. */
export function currentRequest(): object | undefined {
  return storage?.getStore()
}

/** Without an import, which bundlers for browsers would follow. */
function storageOfPlatform(): Storage | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => { AsyncLocalStorage: new () => Storage } | undefined }
  } // Node 20.16, Deno, Bun and Workers have it
  const hooks = process?.getBuiltinModule?.('node:async_hooks')
  return hooks && new hooks.AsyncLocalStorage()
}
