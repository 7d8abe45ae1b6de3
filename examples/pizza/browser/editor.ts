// Edits one pizza: where it is sold, its fields, and what to do where somebody else changed it in the meantime.

import { PreconditionFailed } from 'slumberjs'
import type { PizzasMenuPizza } from '../slumber.d.ts'
import { element, input, row } from './elements.ts'

/** What the page does for its editor. */
interface Page {
  /** Does something, and shows what went wrong. */
  readonly attempt: (act: () => Promise<void>) => void
  readonly say: (news: string) => void
  /** Lists the pizzas anew. */
  readonly list: () => Promise<void>
}

/** What can be edited. */
type Changes = Partial<Pick<PizzasMenuPizza, 'name' | 'price' | 'maxExtraToppings' | 'forSale'>>

const fields = element('fields', HTMLFormElement)
const conflict = element('conflict', HTMLElement)

export class Editor {
  readonly #page: Page
  /** As it is shown. */
  #pizza: PizzasMenuPizza | undefined
  /** Where somebody else was quicker: what they made of it, and what was to be changed. */
  #theirs: PizzasMenuPizza | undefined
  #mine: Changes = {}

  constructor(page: Page) {
    this.#page = page
    fields.addEventListener('submit', (event) => {
      event.preventDefault()
      page.attempt(async () => await this.#save(this.#pizza, this.#pizza === undefined ? {} : changesIn(this.#pizza)))
    })
    element('keep-theirs', HTMLButtonElement).addEventListener('click', () => page.attempt(this.#keepTheirs))
    element('save-mine', HTMLButtonElement).addEventListener('click', () => {
      page.attempt(async () => await this.#save(this.#theirs, this.#mine))
    })
  }

  async open(pizza: PizzasMenuPizza): Promise<void> {
    this.#show(pizza)
    element('place', HTMLElement).textContent = await placeOf(pizza)
  }

  #show(pizza: PizzasMenuPizza): void {
    this.#pizza = pizza
    element('editor-title', HTMLElement).textContent = pizza.name
    input(fields, 'name').value = pizza.name
    input(fields, 'price').value = pizza.price
    input(fields, 'maxExtraToppings').value = String(pizza.maxExtraToppings ?? '')
    input(fields, 'forSale').checked = pizza.forSale
    conflict.hidden = true
    element('editor', HTMLElement).hidden = false
  }

  /** The client sends the changes with `If-Match`: they are made to the state that was shown, or not at all. */
  async #save(pizza: PizzasMenuPizza | undefined, changes: Changes): Promise<void> {
    if (pizza === undefined) return
    try {
      await pizza.update(changes)
    } catch (error) {
      if (!(error instanceof PreconditionFailed) || error.current === undefined) throw error
      this.#showConflict(changes, error.current as unknown as PizzasMenuPizza) // the same pizza, as it is now
      return
    }
    this.#show(pizza)
    await this.#page.list()
    this.#page.say(`${pizza.name} is saved.`)
  }

  #showConflict(mine: Changes, theirs: PizzasMenuPizza): void {
    this.#mine = mine
    this.#theirs = theirs
    const rows = Object.entries(mine).map(([name, value]) =>
      row(name, String(value ?? '–'), String(theirs[name as keyof Changes] ?? '–')),
    )
    element('differences', HTMLElement).replaceChildren(...rows)
    conflict.hidden = false
  }

  readonly #keepTheirs = async (): Promise<void> => {
    if (this.#theirs !== undefined) await this.open(this.#theirs)
    await this.#page.list()
  }
}

/** A reference leads to its instance, wherever that is: the shop is in this service, its city and that city's country in another. */
async function placeOf({ exclusiveTo }: PizzasMenuPizza): Promise<string> {
  const shop = await exclusiveTo?.get()
  const city = await shop?.city?.get()
  const country = await city?.country.get()
  if (shop === undefined) return 'Sold everywhere.'
  return `Sold at ${shop.name} only${city === undefined ? '' : `, in ${city.name}, ${country?.name}`}.`
}

/** Only what was changed is sent. */
function changesIn(pizza: PizzasMenuPizza): Changes {
  const toppings = input(fields, 'maxExtraToppings').value
  const entered = {
    name: input(fields, 'name').value,
    price: input(fields, 'price').value,
    maxExtraToppings: toppings === '' ? null : Number(toppings),
    forSale: input(fields, 'forSale').checked,
  }
  return Object.fromEntries(Object.entries(entered).filter(([name, value]) => value !== pizza[name as keyof Changes]))
}
