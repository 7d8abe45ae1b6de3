// `npm run openapi`: whether the OpenAPI documents of test/http/openapi-app, a router, and of test/server/openapi-service, a service,
// are true. Redocly lints them; then Prism stands as a proxy before the running resources, compares each request and answer of
// requests.json with the document, and reports every mismatch. Where a request is meant to be wrong, or an answer (`violates`),
// it must do so. Prism knows no QUERY, follows redirects, takes no segment that holds slashes, reads `+json` as JSON whatever is
// before it (HAL, JSON Patch), and misses the content of a 201 that was not wanted: those are left to test/http and test/server.
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

/** Whether a document is well formed, and all requests and answers are as it says. */
const check = async ({ folder, documentPath, below, headers }) => {
  execSync(`node_modules/.bin/tsc -p ${folder}/tsconfig.json`, { stdio: 'inherit' })
  const { app, close = () => undefined } = await import(`../${folder}/.build/app.js`)
  const requests = JSON.parse(readFileSync(`${folder}/requests.json`, 'utf8'))
  const temporary = mkdtempSync(join(tmpdir(), 'slumberjs-openapi-'))
  const server = await serve(app)
  let proxy
  let isRight = true
  try {
    const document = join(temporary, 'openapi.json')
    writeFileSync(document, await (await fetch(server.url + documentPath, { headers })).text())
    isRight = lint(document)
    proxy = await startProxy(document, server.url + below)
    for (const request of requests) {
      const own = Object.entries({ ...headers, ...request.headers }).filter(([, value]) => value !== null)
      const faults = await faultsOf(proxy.url, { ...request, headers: Object.fromEntries(own) })
      if (faults.length > 0) isRight = false
      for (const fault of faults) console.error(`${request.name}: ${fault}`)
    }
    console.log(`${folder}: ${requests.length} requests, ${isRight ? 'all' : 'not'} as the document says`)
  } finally {
    proxy?.stop()
    await server.close()
    await close()
    rmSync(temporary, { recursive: true, force: true })
  }
  return isRight
}

install('tools')
execSync('npm run --silent build', { stdio: 'inherit' })
const { serve } = await import('slumberjs/node')
const checks = [
  { folder: 'test/http/openapi-app', documentPath: '/api/openapi.json', below: '', headers: {} },
  {
    folder: 'test/server/openapi-service',
    documentPath: '/slumber/pizzas/-/openapi.json',
    below: '/slumber/pizzas',
    headers: { authorization: 'Test admin' },
  },
]
for (const each of checks) if (!(await check(each))) process.exitCode = 1
