// The rows that the tables of the conformance suite begin with, the same in every dialect.

const day = (year: number): Date => new Date(Date.UTC(year, 0, 1))

/** By table, in the order in which they may be inserted. Keys that are generated go on from 101. */
export const rows = {
  shops: [
    { id: 1, name: 'Alta Moda', slug: 'alta-moda', active: true, owner: 'clerk' },
    { id: 2, name: 'Da Luigi', slug: 'da-luigi', active: null, owner: 'luigi' },
    { id: 3, name: 'Chiuso', slug: 'chiuso', active: false, owner: null },
  ],
  pizzas: [
    { id: 1, name: 'Margherita', forSale: true, price: '7.5', maxExtraToppings: 3, exclusiveToId: null },
    { id: 2, name: 'Marinara', forSale: true, price: '6', maxExtraToppings: null, exclusiveToId: null },
    { id: 3, name: 'Moda Speciale', forSale: true, price: '12.5', maxExtraToppings: 5, exclusiveToId: 1 },
    { id: 4, name: 'Ünica', forSale: false, price: '9.25', maxExtraToppings: null, exclusiveToId: 2 },
  ],
  prices: [
    { id: 1, pizzaId: 1, date: day(2020), madeAt: day(1970) },
    { id: 2, pizzaId: 1, date: day(2021), madeAt: day(1970) },
    { id: 3, pizzaId: 3, date: day(2020), madeAt: day(1970) },
  ],
  sizePrices: [
    { id: 1, priceId: 1, size: 's', amount: '7' },
    { id: 2, priceId: 1, size: 'm', amount: '9.5' },
    { id: 3, priceId: 3, size: 'l', amount: '15' },
  ],
  crusts: [
    { code: 'thn', name: 'Thin' },
    { code: 'thk', name: 'Thick' },
  ],
  categories: [
    { id: 1, name: 'Food', parentId: null },
    { id: 2, name: 'Pizza', parentId: 1 },
    { id: 3, name: 'Vegan', parentId: 2 },
  ],
  stocks: [
    { shopId: 1, crustCode: 'thn', quantity: 5 },
    { shopId: 1, crustCode: 'thk', quantity: 0 },
    { shopId: 2, crustCode: 'thn', quantity: 8 },
  ],
  samples: [
    {
      id: 1,
      whole: 1,
      real: 1.5,
      decimal: '1.5',
      huge: 5n,
      flag: false,
      word: 'Apple',
      size: 's',
      at: new Date(1_000),
      micro: '2026-01-31 12:00:00.000001',
      json: { a: 1 },
    },
    {
      id: 2,
      whole: 2,
      real: 2.5,
      decimal: '2.5',
      huge: 10n,
      flag: true,
      word: 'apricot',
      size: 'm',
      at: new Date(2_000),
      micro: '2026-01-31 12:00:00.000002',
      json: [1, 2],
    },
    {
      id: 3,
      whole: 3,
      real: 3.5,
      decimal: '3.5',
      huge: 15n,
      flag: true,
      word: 'Banana',
      size: 'l',
      at: new Date(3_000),
      micro: '2026-01-31 12:00:00.000003',
      json: 'x',
    },
    { id: 4 },
  ],
} as const

export type TableName = keyof typeof rows

/** Those that others refer to first. */
export const tableNames = Object.keys(rows) as readonly TableName[] // Object.keys knows only strings

/** Tables whose keys the database generates, by the name the database has for them. */
export const generating = ['shop', 'pizza', 'price', 'size_price'] as const
