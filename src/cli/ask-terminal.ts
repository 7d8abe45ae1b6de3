// Questions at a terminal, on the standard error: what is answered to those about passwords is not shown.

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { SlumberError } from '../client/index.ts'

export async function askName(question: string): Promise<string> {
  return await ask(question, process.stderr)
}

/** Nothing of what is typed is shown, not even how long it is. */
export async function askSecret(question: string): Promise<string> {
  const answer = await ask(question, new Writable({ write: (_chunk, _encoding, done) => done() }))
  process.stderr.write('\n')
  return answer
}

/** @throws SlumberError where it is ended by Ctrl-C or Ctrl-D. */
async function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  // From here on the terminal itself shows nothing: only then is there a question to answer.
  const terminal = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 })
  const ended = new Promise<never>((_resolve, reject) => {
    terminal.once('close', () => reject(new SlumberError('ended before there was an answer; nothing was done.')))
  })
  process.stderr.write(question)
  try {
    return await Promise.race([terminal.question(''), ended])
  } finally {
    terminal.close()
  }
}

/** All of the standard input, without the end of its line. */
export async function readInput(): Promise<string> {
  process.stdin.setEncoding('utf8')
  let text = ''
  for await (const chunk of process.stdin) text += String(chunk)
  return text.replace(/\r?\n$/, '')
}
