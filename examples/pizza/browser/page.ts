// The page: signs in, lists the menu page by page, and opens what is to be edited. The directory is the only URL it knows.

import { basic, connect, Invalid, Refused, SlumberError, type Client, type PageOf } from 'slumberjs'
import type { PizzasMenuPizza, Services } from '../slumber.d.ts'
import { Editor } from './editor.ts'
import { button, element, input, row } from './elements.ts'

const signIn = element('sign-in', HTMLFormElement)
const menu = element('menu', HTMLElement)
const filter = element('filter', HTMLFormElement)
const next = element('next', HTMLButtonElement)

const editor = new Editor({ attempt, say, list })

/** Undefined until somebody has signed in. */
let client: Client<Services> | undefined
let page: PageOf<PizzasMenuPizza> | undefined

onSubmit(signIn, async () => {
  client = connect<Services>({
    directory: new URL('/slumber/', location.href).href,
    authenticate: basic(input(signIn, 'name').value, input(signIn, 'password').value),
    // Without cookies, and without the window in which a browser asks for a password itself once one was wrong.
    transport: (request) => fetch(request, { credentials: 'omit' }),
  })
  await list()
  signIn.hidden = true
})

onSubmit(filter, list)

async function list(): Promise<void> {
  const text = input(filter, 'text').value
  await show(
    client?.pizzas.menu.Pizza.filter({ name: { icontains: text } })
      .sort('name')
      .limit(4)
      .page(),
  )
}

next.addEventListener('click', () => attempt(async () => await show(page?.next())))

async function show(asked: Promise<PageOf<PizzasMenuPizza>> | undefined): Promise<void> {
  const shown = await asked
  next.disabled = shown === undefined
  if (shown === undefined) return say('That was the last page.')
  page = shown
  element('rows', HTMLElement).replaceChildren(...shown.items.map(rowOf))
  menu.hidden = false
}

function rowOf(pizza: PizzasMenuPizza): HTMLTableRowElement {
  const { name, price, forSale, exclusiveTo } = pizza
  const open = button(name, () => attempt(async () => await editor.open(pizza)))
  return row(open, `€ ${price}`, forSale ? 'yes' : 'no', exclusiveTo?.display ?? '')
}

function onSubmit(form: HTMLFormElement, act: () => Promise<void>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    attempt(act)
  })
}

/** Does something, and says what went wrong; what is no error of the client is a fault of the page, and left to the console. */
function attempt(act: () => Promise<void>): void {
  say('')
  warn('')
  act().catch((error: unknown) => {
    if (!(error instanceof SlumberError)) throw error
    warn(wordsFor(error))
  })
}

function wordsFor(error: SlumberError): string {
  if (error instanceof Invalid && error.faults.length > 0) {
    return error.faults.map(({ pointer = '', detail }) => `${pointer.replace('#/', '')}: ${detail}`).join(' ')
  }
  return error instanceof Refused ? (error.problem.detail ?? error.problem.title) : error.message
}

function say(news: string): void {
  element('news', HTMLElement).textContent = news
}

function warn(problem: string): void {
  element('problem', HTMLElement).textContent = problem
}
