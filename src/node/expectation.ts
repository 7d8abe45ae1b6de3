// `Expect: 100-continue` (RFC 9110 §10.1.1): the interim answer is sent when the content is first asked for, so that a request
// that is refused by its header section alone gets its final status first, and its content is never sent.

import type { IncomingMessage, ServerResponse } from 'node:http'

const told = new WeakSet<IncomingMessage>()

/** Sends `100 Continue` at the first read of the content, unless the final answer has begun by then. */
export function continueWhenRead(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const read = incoming._read.bind(incoming)
  incoming._read = (size) => {
    incoming._read = read
    if (!outgoing.headersSent) {
      told.add(incoming)
      outgoing.writeContinue()
    }
    read(size)
  }
}

/** Whether the client may still wait to be told to go on, and nobody knows if what comes next is content or a request. */
export function awaitsContinue(incoming: IncomingMessage): boolean {
  return incoming.headers.expect !== undefined && !told.has(incoming)
}
