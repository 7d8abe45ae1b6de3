// `npm run openapi`: whether the OpenAPI document of test/http/openapi-app is true. Redocly lints it; then Prism stands as a
// proxy before the running resources, compares each request and answer of requests.json with the document, and reports every
// mismatch. Where a request is meant to be wrong, or an answer (`violates`), it must do so. Prism knows no QUERY, follows
// redirects, and takes no segment that holds slashes: those are left to test/http.
import { execSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { install } from './install.mjs'

const tool = (file) => resolve('tools/node_modules', file)
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

const lint = (document) => {
  const options = ['lint', document, '--config', 'scripts/openapi.yaml']
  const { status, error } = spawnSync(process.execPath, [tool('@redocly/cli/bin/cli.js'), ...options], {
    env,
    stdio: 'inherit',
  })
  if (error) throw error
  return status === 0
}

/** Resolves with its URL when it listens. */
const startProxy = (document, upstream) =>
  new Promise((resolved, rejected) => {
    const options = ['proxy', document, upstream, '--port', '0', '--verboseLevel', 'info']
    const child = spawn(process.execPath, [tool('@stoplight/prism-cli/dist/index.js'), ...options], { env })
    let output = ''
    const listen = (chunk) => {
      output += chunk
      const [, url] = /listening on (http:\/\/[\d.:]+)/.exec(output) ?? []
      if (url) resolved({ url, stop: () => child.kill() })
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('exit', (code) => rejected(new Error(`prism ended with ${code}:\n${output}`)))
  })

/** What is wrong with one exchange, in words. */
const faultsOf = async (
  proxy,
  { method = 'GET', path, headers = {}, json, body = JSON.stringify(json), status, violates },
) => {
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(proxy + path, {
    method,
    headers: { ...type, ...headers },
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  const violations = JSON.parse(response.headers.get('sl-violations') ?? '[]')
  const isMeant = ({ location: [where] }) => where === violates
  const unexpected = violations.filter((each) => !isMeant(each))
  return [
    ...(response.status === status ? [] : [`${response.status} instead of ${status}: ${text.slice(0, 300)}`]),
    ...unexpected.map(({ location, message }) => `${location.join('.')} ${message}`),
    ...(violates === undefined || violations.some(isMeant) ? [] : [`the document allows this ${violates}`]),
  ]
}

install('tools')
execSync('npm run --silent build', { stdio: 'inherit' })
execSync('node_modules/.bin/tsc -p test/http/openapi-app/tsconfig.json', { stdio: 'inherit' })
const { app } = await import('../test/http/openapi-app/.build/app.js')
const { serve } = await import('slumberjs/node')
const requests = JSON.parse(readFileSync('test/http/openapi-app/requests.json', 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'slumberjs-openapi-'))
const server = await serve(app)
let proxy
try {
  const document = join(folder, 'openapi.json')
  writeFileSync(document, await (await fetch(`${server.url}/api/openapi.json`)).text())
  if (!lint(document)) process.exitCode = 1
  proxy = await startProxy(document, server.url)
  for (const request of requests) {
    const faults = await faultsOf(proxy.url, request)
    if (faults.length > 0) process.exitCode = 1
    for (const fault of faults) console.error(`${request.name}: ${fault}`)
  }
  console.log(`${requests.length} requests, ${process.exitCode ? 'not' : 'all'} as the document says`)
} finally {
  proxy?.stop()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
}
