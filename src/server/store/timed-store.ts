// A store that adds up how long its database took, for `Server-Timing`.

import type { Awaitable } from '../../wire/index.ts'
import type { Store } from './store.ts'

/** @param timings `database` in it grows by the milliseconds of each call, without those of the code that runs in a transaction. */
export function timedStore(store: Store, timings: Map<string, number>): Store {
  const add = (ms: number): void => void timings.set('database', (timings.get('database') ?? 0) + ms)
  const timed = async <T>(call: () => Awaitable<T>): Promise<T> => {
    const started = performance.now()
    try {
      return await call()
    } finally {
      add(performance.now() - started)
    }
  }
  const around =
    <T>(name: 'transact' | 'savepoint') =>
    (run: (inner: Store) => Promise<T>): Promise<T> =>
      timed(() => store[name](async (inner) => await untimed(() => run(timedStore(inner, timings)))))
  const untimed = async <T>(call: () => Promise<T>): Promise<T> => {
    const started = performance.now()
    try {
      return await call()
    } finally {
      add(started - performance.now())
    }
  }
  return {
    get database() {
      return store.database
    },
    admit: (model) => store.admit(model),
    list: (...asked) => timed(() => store.list(...asked)),
    listTexts: (...asked) => timed(() => store.listTexts(...asked)),
    listGrouped: (...asked) => timed(() => store.listGrouped(...asked)),
    placeOf: (...asked) => timed(() => store.placeOf(...asked)),
    count: (...asked) => timed(() => store.count(...asked)),
    find: (...asked) => timed(() => store.find(...asked)),
    lock: (...asked) => timed(() => store.lock(...asked)),
    insert: (...asked) => timed(() => store.insert(...asked)),
    insertMany: (...asked) => timed(() => store.insertMany(...asked)),
    update: (...asked) => timed(() => store.update(...asked)),
    delete: (...asked) => timed(() => store.delete(...asked)),
    transact: around('transact'),
    savepoint: around('savepoint'),
    ping: () => timed(() => store.ping()),
  }
}
