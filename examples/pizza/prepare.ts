// Sees to it that every service has its database, with a progress bar while there is much to load.

import { Presets, SingleBar } from 'cli-progress'
import { hasDatabase, makeDatabase, removeUnfinished, type Fill } from './database.ts'
import { fillAccounting } from './fill/accounting.ts'
import { fillAtlas } from './fill/atlas.ts'
import { fillPizzas } from './fill/pizzas.ts'
import { fillTakeaway } from './fill/takeaway.ts'
import { serviceNames, type ServiceName, type System } from './system.ts'

const fills: Readonly<Record<ServiceName, Fill>> = {
  takeaway: fillTakeaway,
  pizzas: fillPizzas,
  accounting: fillAccounting,
  atlas: fillAtlas,
}

/** @throws Error where a database that is there cannot be used. */
export async function prepareDatabases(system: System, say: (line: string) => void): Promise<void> {
  const unfinished = removeUnfinished(system)
  if (unfinished.length > 0) say(`An earlier start was interrupted: ${unfinished.join(', ')} is made anew.`)
  for (const name of serviceNames) {
    if (await hasDatabase(system, name)) continue
    await (name === 'atlas' ? makeWithBar(system, name, say) : makeDatabase(system, name, fills[name], () => undefined))
    say(`Filled the database of ${name}.`)
  }
}

/** Without a terminal cli-progress draws nothing; then one line says what takes its time. */
async function makeWithBar(system: System, name: ServiceName, say: (line: string) => void): Promise<void> {
  if (!process.stderr.isTTY) say('Loading the countries and cities of the world …')
  const bar = new SingleBar(
    { format: 'Loading the world  {bar}  {value} of {total} rows', hideCursor: true },
    Presets.shades_classic,
  )
  let started = false
  try {
    await makeDatabase(system, name, fills[name], (done, of) => {
      if (!started) bar.start(of, 0)
      started = true
      bar.update(done)
    })
  } finally {
    bar.stop()
  }
}
