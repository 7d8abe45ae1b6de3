// Before anything is measured: all contestants answer every request of a scenario alike, in status, in the meaning of
// the content, and in the header fields the scenario names.
import type { ChildProcess } from 'node:child_process'
import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { scenarioOf, type Scenario } from './scenario.ts'

/** A contestant that is running. */
export interface Server {
  readonly name: string
  readonly port: number
  readonly process: ChildProcess
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly content: unknown
  readonly lines: number
}

/** The requests of a scenario as they go over the wire, per contestant. Throws where an answer is not as it should be. */
export const prepareRequests = async (
  scenario: Scenario,
  servers: readonly Server[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const prepared = new Map(servers.map(({ name }) => [name, [] as string[]]))
  try {
    for (const index of scenario.paths.keys()) {
      let expected: Answer | undefined
      for (const server of servers) {
        const own = scenarioOf(scenario, server.name)
        const path = own.paths[index] ?? ''
        const headers = await headersFor(own, server, path, agent)
        const answer = await send(server, path, headers, agent, own)
        const faults = differences(own, answer, expected ?? answer)
        if (faults.length > 0) throw new Error(`${scenario.name}: ${path} of ${server.name}: ${faults.join('; ')}`)
        expected ??= answer
        prepared.get(server.name)?.push(onTheWire(server, path, headers, own))
      }
    }
  } finally {
    agent.destroy()
  }
  return prepared
}

const headersFor = async (scenario: Scenario, server: Server, path: string, agent: Agent) => {
  if (!scenario.revalidate) return scenario.headers
  const { headers } = await send(server, path, scenario.headers, agent, scenario)
  if (headers.etag === undefined) throw new Error(`${scenario.name}: ${path} of ${server.name} has no entity tag`)
  return { ...scenario.headers, 'If-None-Match': headers.etag }
}

const differences = (scenario: Scenario, answer: Answer, expected: Answer): string[] => [
  ...(answer.status === scenario.status ? [] : [`status ${answer.status}, not ${scenario.status}`]),
  ...(scenario.lines === undefined || answer.lines === scenario.lines
    ? []
    : [`${answer.lines} lines, not ${scenario.lines}`]),
  ...(scenario.ownContent || isDeepStrictEqual(answer.content, expected.content)
    ? []
    : [`content ${JSON.stringify(answer.content)}, not ${JSON.stringify(expected.content)}`]),
  ...scenario.sameHeaders
    .filter((name) => meaning(answer.headers[name]) !== meaning(expected.headers[name]))
    .map((name) => `${name}: ${String(answer.headers[name])}, not ${String(expected.headers[name])}`),
  ...scenario.bothHave.filter((name) => answer.headers[name] === undefined).map((name) => `no ${name}`),
]

/** A field's value without what means nothing: case, space, and the charset of JSON, which has but one (RFC 8259 §8.1). */
const meaning = (value: string | readonly string[] | undefined): string =>
  String(value).toLowerCase().replaceAll(' ', '').replace('json;charset=utf-8', 'json')

const send = (
  server: Server,
  path: string,
  headers: Readonly<Record<string, string>>,
  agent: Agent,
  { method = 'GET', content: sent = '', sameBytes = false, lines: isLong }: Scenario,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port: server.port, path, method, headers: withLength(headers, sent), agent },
      (response) => {
        response.setEncoding('utf8')
        let text = ''
        let lines = 0
        response.on('data', (part: string) => {
          lines += part.split('\n').length - 1
          if (isLong === undefined) text += part
        })
        response.on('error', reject)
        response.on('end', () => {
          const isJson = !sameBytes && response.headers['content-type']?.includes('json') && text !== ''
          const content: unknown = isJson ? JSON.parse(text) : text
          resolve({ status: response.statusCode ?? 0, headers: response.headers, content, lines })
        })
      },
    )
      .on('error', reject)
      .end(sent)
  })

const withLength = (headers: Readonly<Record<string, string>>, content: string): Readonly<Record<string, string>> =>
  content === '' ? headers : { ...headers, 'Content-Length': String(Buffer.byteLength(content)) }

const onTheWire = (
  { port }: Server,
  path: string,
  headers: Readonly<Record<string, string>>,
  { method = 'GET', content = '' }: Scenario,
): string =>
  [
    `${method} ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...Object.entries(withLength(headers, content)).map(([name, value]) => `${name}: ${value}`),
    `\r\n${content}`,
  ].join('\r\n')
