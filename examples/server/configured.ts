// An app that somebody else wrote, with other options, and mounted where we want it.

import { configure, operation, type AppDefinition } from 'slumberjs/server'
import { menu } from './menu.ts'

export const ourMenu: AppDefinition = configure(menu, {
  Topping: { operations: { delete: false } }, // a built-in operation that is not there
  Pizza: {
    exclude: ['cost'], // besides what is excluded already
    convert: { price: { type: 'number', encode: Number, decode: String } }, // 7.5 instead of "7.5"
    operations: {
      quote: false, // one of the app's own that is removed
      'of-the-day': operation.model(
        { GET: { run: ({ params }) => ({ day: params['day'], pizza: 'Margherita' }) } },
        { mount: '/today/:day{[a-z]+}?' },
      ),
    },
  },
})
