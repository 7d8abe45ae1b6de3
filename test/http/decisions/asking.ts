// Requests to resources as values, to be sent with and without a trace; and resources that differ from others in one thing.
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Principal, ResourceClass, Scheme, Settings } from 'slumberjs/http'
import { Article, ask, type Asked } from '../fixture.ts'

export interface Told {
  readonly response: Response
  /** The entries of `x-slumber-trace`; none unless traced. */
  readonly trace: readonly string[]
}

export type Case = (traced: boolean) => Promise<Told>

type Stream = () => ReadableStream<Uint8Array>

/** One request. A stream as its body is made anew each time. */
export function asking(resource: ResourceClass, method: string, asked: Asked = {}, stream?: Stream): Case {
  return async (traced) => {
    const body = stream === undefined ? {} : { body: stream() }
    const headers = stream === undefined ? {} : { headers: { 'content-type': 'application/json', ...asked.headers } }
    const response = await ask(traced ? setting(resource, { trace: true }) : resource, method, {
      ...asked,
      ...headers,
      ...body,
    })
    return { response, trace: response.headers.get('x-slumber-trace')?.split(', ') ?? [] }
  }
}

/** The second of two requests; the first may have been another one. */
export function twice(resource: ResourceClass, method: string, asked: Asked = {}, first: Asked = asked): Case {
  return async (traced) => {
    await asking(resource, method, first)(traced)
    return await asking(resource, method, asked)(traced)
  }
}

/** Of two requests at one time the one that is answered while the other is in a handler, which then is let go. */
export function together(resource: ResourceClass, method: string, asked: Asked, letGo: () => void): Case {
  const one = asking(resource, method, asked)
  return async (traced) => {
    const both = [one(traced), one(traced)]
    const first = await Promise.race(both)
    letGo()
    await Promise.all(both)
    return first
  }
}

/** A resource with other settings. They are fields of it, which go before the getters of its class. */
export function setting<T extends ResourceClass>(resource: T, settings: Partial<Settings>): T
export function setting(resource: ResourceClass, settings: Partial<Settings>): ResourceClass {
  class Set extends resource {}
  for (const [name, value] of Object.entries(settings)) Object.defineProperty(Set.prototype, name, { value })
  // What is counted or kept for the one is for the other, too.
  Object.defineProperty(Set, 'name', { value: resource.name })
  return Set
}

/** A resource that gives one question, or method, one answer. */
export function saying(question: string, verdict: unknown, resource: ResourceClass = Article): ResourceClass {
  class Saying extends resource {}
  Object.defineProperty(Saying.prototype, question, { value: () => verdict })
  return Saying
}

/** A resource that throws at one question. */
export function throwing(question: string, thrown: unknown, resource: ResourceClass = Article): ResourceClass {
  class Throwing extends resource {}
  const value = (): never => {
    throw thrown
  }
  Object.defineProperty(Throwing.prototype, question, { value })
  return Throwing
}

export const ada: Principal = { name: 'ada', superuser: false, can: () => true }

/** Knows the name ada, and nobody else. */
export const bearer: Scheme = {
  challenge: 'Bearer',
  authenticate: async ({ headers }) => {
    const given = headers.get('authorization')
    if (given === null) return undefined
    return given === 'Bearer ada' ? ada : 'refused'
  },
}

export const Guarded: ResourceClass = setting(Article, { schemes: [bearer] })

/** Takes numbers. */
export const number: StandardSchemaV1 = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => (typeof value === 'number' ? { value } : { issues: [{ message: 'is no number' }] }),
  },
}

export function streamed(...texts: readonly string[]): Stream {
  return () => new Response(texts.join('')).body!.pipeThrough(new TransformStream())
}

export function gzipped(text: string): Stream {
  return () => new Response(text).body!.pipeThrough(new CompressionStream('gzip'))
}

/** Breaks off. */
export function breaking(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{'))
    },
    pull: (controller) => {
      controller.error(new Error('gone'))
    },
  })
}
