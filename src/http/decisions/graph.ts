// Draws the protocol's table, as the program has it, for ARCHITECTURE.md: `node scripts/graph.mjs` puts the drawing there.

import { reasonPhrase } from '../../wire/index.ts'
import { aboutTheRequest } from './about-the-request.ts'
import { aboutTheTarget } from './about-the-target.ts'
import type { Decision, Ending, Outcome } from './decision.ts'

/**
 * The two halves of the table as one Mermaid flowchart, from top to bottom: a box for each question, with where it is written and
 * the methods it is asked for, and a rounded one for each end. A method for which a question is not asked goes on to the next.
 *
 * @example
 * drawGraph()  // flowchart TD …
 */
export function drawGraph(): string {
  const table = [...aboutTheRequest, ...aboutTheTarget]
  return [
    'flowchart TD',
    '  begin(["a request"])',
    ...box('request', 'About the request', aboutTheRequest),
    ...box('target', 'About the target', aboutTheTarget),
    '  act(["the handler, named after the method"])',
    `  begin --> ${table[0]?.name ?? 'act'}`,
    ...table.flatMap((decision, index) => arrowsOf(decision, table[index + 1]?.name ?? 'act')),
    '',
  ].join('\n')
}

function box(id: string, title: string, decisions: readonly Decision[]): readonly string[] {
  return [`  subgraph ${id}["${title}"]`, ...decisions.map((decision) => `    ${questionOf(decision)}`), '  end']
}

function questionOf({ name, question, section, methods }: Decision): string {
  const asked = methods === undefined ? [] : [`${methods.join(', ')} only`]
  return `${name}["${[`<b>${name}</b>`, question, ...asked, `<i>${section}</i>`].join('<br/>')}"]`
}

function arrowsOf({ name, yes, no }: Decision, next: string): readonly string[] {
  if (yes === 'next' && no === 'next') return [`  ${name} -- yes, no --> ${next}`]
  return [arrow(name, 'yes', yes, next), arrow(name, 'no', no, next)]
}

function arrow(name: string, verdict: 'yes' | 'no', outcome: Outcome, next: string): string {
  const end = outcome === 'next' ? next : `${name}_${verdict}(["${wordsOf(outcome)}"])`
  return `  ${name} -- ${verdict} --> ${end}`
}

function wordsOf({ statuses, others }: Ending): string {
  const known = statuses.map((status) => `${status} ${reasonPhrase(status)}`)
  return [...known, ...(others === undefined ? [] : [others])].join('<br/>')
}
