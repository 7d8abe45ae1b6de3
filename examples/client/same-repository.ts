// The client of a service in the same repository: its types are those of the service, and no file of them is written.

import { basic, connect, inProcess } from 'slumberjs'
import type { ContractOf } from 'slumberjs/server'
import { library } from './library.ts' // a page for browsers would import its type alone

interface Services {
  readonly library: ContractOf<typeof library>
}

export async function sameRepository(): Promise<readonly unknown[]> {
  const { Author, Book } = connect<Services>({
    directory: { library: library.url },
    transport: inProcess([library]), // or none: `fetch` asks a service of another program
    authenticate: basic('ada', 'engine'),
  }).library.shelf

  const ada = await Author.get({ name: 'Ada' }) // by what is unique, too
  const titles = (await ada.books.sort('year').all({ max: 100 })).map(({ title }) => title)
  const [last] = (
    await Book.sort('-author.name', 'title')
      .expand({ author: { fields: ['name'] } })
      .page()
  ).items
  const author = await last?.author.get() // came along; of its fields `name` alone is there, for the compiler as well
  const book = await last?.reprint() // an instance, as the operation says
  return [titles, last?.century, author?.name, book?.year]
}
