// Finds the elements of the page, with their types, and fills them with text.

/** @throws TypeError where the page has no such element. */
export function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new TypeError(`The page has no ${kind.name} #${id}.`)
}

/** A control of a form. */
export function input(form: HTMLFormElement, name: string): HTMLInputElement {
  const found = form.elements.namedItem(name)
  if (found instanceof HTMLInputElement) return found
  throw new TypeError(`The form #${form.id} has no input "${name}".`)
}

/** A row of a table; texts stay texts, whatever is in them. */
export function row(...cells: readonly (string | Node)[]): HTMLTableRowElement {
  const made = document.createElement('tr')
  made.append(
    ...cells.map((content) => {
      const cell = document.createElement('td')
      cell.append(content)
      return cell
    }),
  )
  return made
}

export function button(text: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = text
  made.addEventListener('click', onClick)
  return made
}
