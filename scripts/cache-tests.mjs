// `npm run cache-tests`: the suite of http-cache-tests, as for a private cache, against ours (as it is built) and undici's. Prints how
// many required tests fail and how many optional ones pass; fails where a required one fails with ours. test/client/cache does the same
// with the source, by what is exported here.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { devNull } from 'node:os'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { toolPath } from './tools.mjs'

const folder = async () => `${await toolPath('http-cache-tests')}/http-cache-tests`

/** Starts the suite's own server on a port that is free. */
export const startServer = async () => {
  const cwd = await folder()
  const env = { ...process.env, npm_config_protocol: 'http', npm_config_port: '0', npm_config_pidfile: devNull }
  const server = spawn(process.execPath, ['server/server.mjs'], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface(server.stdout) // read to the end, so that it never waits to be read
  const [line] = await Promise.race([once(lines, 'line'), once(server, 'exit')])
  const port = /:(\d+)\/$/.exec(line)?.[1]
  if (port === undefined) throw new Error(`The server of http-cache-tests did not start: ${line}`)
  const close = async () => {
    if (server.kill()) await once(server, 'exit')
  }
  return { url: `http://localhost:${port}`, close }
}

/**
 * Runs the suite, once in a process: it remembers its results. Each test is a user of its own.
 *
 * @param send what is tested: it is given requests as the client's messages, and gives answers.
 */
export const runSuite = async (url, send) => {
  const load = async (path) => await import(/* @vite-ignore */ pathToFileURL(`${await folder()}/${path}`).href)
  const { runTests, getResults } = await load('client/runner.mjs')
  const { default: suites } = await load('tests/index.mjs')
  const { determineTestResult } = await load('lib/display.mjs')
  const asFetch = async (target, init = {}) => {
    if (!target.startsWith(`${url}/test/`)) return await fetch(target, init) // the suite talks with its server
    const headers = new Headers(init.headers)
    // What fetch does for a page that is loaded again.
    if (init.cache === 'no-cache' && !headers.has('cache-control')) headers.set('cache-control', 'max-age=0')
    const { method = 'GET', body } = init
    const { status, fields, text } = await send({
      method,
      url: target,
      headers: Object.fromEntries(headers),
      body,
      isSafe: method === 'GET' || method === 'HEAD',
      isHurried: false,
      deadline: Infinity,
      user: new URL(target).pathname.split('/')[2], // a test has a part of the URLs of its own
    })
    return { status, statusText: '', headers: new Headers([...fields]), text: async () => text }
  }
  const allAtOnce = 1_000 // most of a test is waiting
  await runTests(suites, asFetch, true, url, allAtOnce)
  const results = getResults()
  const tests = suites.flatMap((suite) => suite.tests).filter(({ id }) => results[id] !== undefined)
  const ofKind = (wanted) =>
    tests
      .filter(({ kind = 'required' }) => kind === wanted)
      .map(({ id }) => ({ id, outcome: determineTestResult(suites, id, results)[2], reason: results[id][1] ?? '' }))
  const [required, optional] = [ofKind('required'), ofKind('optimal')]
  const with_ = (list, ...outcomes) => list.filter(({ outcome }) => outcomes.includes(outcome))
  return {
    required: required.length,
    failed: with_(required, '⛔️', '⁉️'),
    /** Neither failed nor passed: what they stand on is optional, and is not there. */
    open: with_(required, '🔹', '⚪️', '↻', '-'),
    optional: optional.length,
    passed: with_(optional, '✅').length,
    missed: optional.filter(({ outcome }) => outcome !== '✅'),
  }
}

/** The last step of sending, over the platform's `fetch`. */
export const overFetch = (ConnectionFailed) => async (message) => {
  const { method, url, headers, body } = message
  try {
    const response = await fetch(url, { method, headers, body, redirect: 'manual' })
    return { status: response.status, fields: response.headers, text: await response.text(), isRedirect: false }
  } catch (cause) {
    throw new ConnectionFailed(message, 'no connection', cause)
  }
}

const ours = async () => {
  const { httpCache, ConnectionFailed } = await import('../dist/entries/client.js')
  return httpCache().step(overFetch(ConnectionFailed))
}

const undicis = async () => {
  const { Agent, fetch: fetchOfUndici, interceptors } = await import('undici')
  const dispatcher = new Agent().compose(interceptors.cache({ type: 'private' }))
  return async ({ method, url, headers, body }) => {
    const response = await fetchOfUndici(url, { method, headers, body, redirect: 'manual', dispatcher })
    return { status: response.status, fields: response.headers, text: await response.text() }
  }
}

/** As a child: one cache. */
const runOne = async ([, , name, url]) => {
  const outcome = await runSuite(url, await (name === 'ours' ? ours() : undicis()))
  process.stdout.write(JSON.stringify(outcome))
  process.exit()
}

const runBoth = async () => {
  const { url, close } = await startServer()
  try {
    for (const name of ['ours', 'undici']) {
      const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1], name, url])
      const { required, failed, open, optional, passed, missed } = JSON.parse(stdout)
      const say = (list) => list.map(({ id }) => id).join(' ')
      console.log(`${name}: ${failed.length} of ${required} required failed, ${passed} of ${optional} optional passed`)
      if (failed.length > 0) console.log(`  failed: ${say(failed)}`)
      if (open.length > 0) console.log(`  not decided: ${say(open)}`)
      console.log(`  optional, not passed: ${say(missed)}`)
      if (name === 'ours' && failed.length > 0) process.exitCode = 1
    }
  } finally {
    await close()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await (process.argv.length > 2 ? runOne(process.argv) : runBoth())
}
