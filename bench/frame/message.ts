// Questions to a child process and its answers, one at a time, over the channel that `fork` opens.
import type { ChildProcess } from 'node:child_process'

/** A question names what to do; the rest depends on it. Everything in it survives JSON. */
export interface Question {
  readonly do: string
}

/** Asks and waits for the answer; rejects where the child could not do it, or died. */
export const ask = <Answer>(child: ChildProcess, question: Question & Readonly<Record<string, unknown>>) =>
  new Promise<Answer>((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`a process of the benchmark ended early (${code})`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      const { answer, fault } = message as { answer: Answer; fault?: string } // what `answerWith` sends
      if (fault === undefined) resolve(answer)
      else reject(new Error(fault))
    })
    child.send(question, (error) => {
      if (error !== null) reject(error) // it is not there any more
    })
  })

/** In the child: answers every question with what the function of that name returns. */
export const answerWith = (abilities: Readonly<Record<string, (question: never) => unknown>>): void => {
  const answer = async (question: Question): Promise<void> => {
    try {
      const ability = abilities[question.do] as ((question: Question) => unknown) | undefined // the asker fits it
      process.send?.({ answer: await ability?.(question) })
    } catch (error) {
      process.send?.({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }
  process.on('message', (message) => void answer(message as Question)) // sent by `ask`
  process.on('disconnect', () => process.exit()) // the frame is gone, so nobody needs this process
}
