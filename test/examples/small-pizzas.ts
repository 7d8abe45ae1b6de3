// The four compiled services of the pizza example, as it starts them, over an atlas of two cities: the real one takes longest to fill.

import type * as Databases from '../../examples/pizza/database.ts'
import type * as Accounting from '../../examples/pizza/fill/accounting.ts'
import type * as Menu from '../../examples/pizza/fill/pizzas.ts'
import type * as Takeaway from '../../examples/pizza/fill/takeaway.ts'
import type * as Processes from '../../examples/pizza/processes.ts'
import type * as Geo from '../../examples/pizza/schema/geo.ts'
import type * as Systems from '../../examples/pizza/system.ts'

type Fill = Databases.Fill

export interface Pizzas {
  /** URL of the page, with a final slash. */
  readonly page: string
  readonly directory: string
  /** Of the services, the page's included. */
  readonly origins: readonly string[]
  stop(): Promise<void>
}

const built = (file: string): string => new URL(`../../examples/.build/pizza/${file}.js`, import.meta.url).href
const load = async <Module>(file: string): Promise<Module> => (await import(built(file))) as Module // what the source says

const fillAtlas: Fill = async (database) => {
  const { cities, countries } = await load<typeof Geo>('schema/geo')
  const italy = { code: 'IT', name: 'Italy', officialName: 'Italian Republic', region: 'Europe', area: 301_336 }
  await database.insert(countries).values({ ...italy, landlocked: false })
  await database.insert(cities).values([
    { id: 3_173_435, name: 'Milan', countryCode: 'IT', population: 1_236_837, latitude: 45.46, longitude: 9.19 },
    { id: 3_172_394, name: 'Naples', countryCode: 'IT', population: 988_972, latitude: 40.85, longitude: 14.27 },
  ])
}

/** @param folder of the databases and logs. */
export async function startPizzas(ports: readonly number[], folder: string): Promise<Pizzas> {
  const { makeDatabase } = await load<typeof Databases>('database')
  const { startServices } = await load<typeof Processes>('processes')
  const { directoryUrl, pageUrl, serviceNames, serviceUrl, systemOf } = await load<typeof Systems>('system')
  const { fillTakeaway } = await load<typeof Takeaway>('fill/takeaway')
  const { fillPizzas } = await load<typeof Menu>('fill/pizzas')
  const { fillAccounting } = await load<typeof Accounting>('fill/accounting')
  const system = systemOf({ ports: ports.join(','), data: folder })
  const fills: Readonly<Record<Systems.ServiceName, Fill>> = {
    takeaway: fillTakeaway,
    pizzas: fillPizzas,
    accounting: fillAccounting,
    atlas: fillAtlas,
  }
  for (const name of serviceNames) await makeDatabase(system, name, fills[name], () => undefined)
  const running = await startServices(system)
  return {
    page: pageUrl(system),
    directory: directoryUrl(system),
    origins: serviceNames.map((name) => new URL(serviceUrl(system, name)).origin),
    stop: async () => await running.stop(),
  }
}
