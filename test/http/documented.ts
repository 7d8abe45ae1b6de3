// Reads docs/http.md: its `curl` blocks, each with the example that stands before it, and the rows of its tables.

import { readFileSync } from 'node:fs'

export const page: string = readFileSync(new URL('../../docs/http.md', import.meta.url), 'utf8')

/** One command, and the answer that the page shows for it. */
export interface Transcript {
  readonly command: string
  readonly expected: readonly string[]
}

/** The commands that follow an example, in the order of the page: what one changes, the next one finds changed. */
export function transcriptsOf(markdown: string): ReadonlyMap<string, readonly Transcript[]> {
  const found = new Map<string, Transcript[]>()
  let file = ''
  for (const [, example, console] of markdown.matchAll(/<!-- examples\/http\/(\S+) -->|```console\n([^]*?)```/g)) {
    if (example !== undefined) file = example
    if (console === undefined) continue
    const [, ...parts] = console.split(/^\$ /m)
    for (const part of parts) {
      const [command = '', ...expected] = part.trimEnd().split('\n')
      found.set(file, [...(found.get(file) ?? []), { command, expected }])
    }
  }
  return found
}

/** What `curl` would send, of the few options that the page uses. */
export function requestOf(command: string): { readonly path: string; readonly init: RequestInit } {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  const headers = new Headers()
  let [method, body, url]: (string | undefined)[] = []
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? ''
    const value = (): string => words[++index] ?? ''
    if (word === '-X') method = value()
    else if (word === '-r') headers.set('range', `bytes=${value()}`)
    else if (word === '-d') body = value()
    else if (word === '-H') {
      const [name = '', text = ''] = value().split(/: (.*)/)
      headers.set(name, text)
    } else if (word === '--json') {
      body = value()
      headers.set('content-type', 'application/json')
    } else if (word !== '-i') url = word
  }
  const { pathname, search } = new URL(url ?? '')
  return {
    path: pathname + search,
    init: {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    },
  }
}

/** The rows of the table whose first heading is this one, as their cells; backquotes are left out. */
export function tableOf(heading: string): readonly (readonly string[])[] {
  const [, table = ''] = page.split(`\n| ${heading} |`)
  const lines = table.slice(0, table.indexOf('\n\n')).split('\n').slice(2)
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.replaceAll('`', '').replaceAll('\\|', '|').trim()),
  )
}
