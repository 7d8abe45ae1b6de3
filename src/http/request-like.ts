// What the layer needs of a request: a `Request` has it, and so has a lighter object over a socket.

export interface RequestLike {
  readonly method: string
  /** Absolute, with a normalised path. */
  readonly url: string
  readonly headers: Pick<Headers, 'get' | 'has'>
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null
  readonly signal: AbortSignal
  /** A server reads this request, and ends its content where `Content-Length` says: that may be believed. */
  readonly isFramed?: boolean
  arrayBuffer(): Promise<ArrayBuffer>
}
