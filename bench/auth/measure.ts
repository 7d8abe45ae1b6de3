// `npm run bench -- auth`: what it costs to know who asks, over the bare cryptography that it cannot do without, in CPU µs. Rounds of both
// alternate in one process. Prints a table and writes bench/results/auth.json.
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { Message } from 'slumberjs'
import { bearer, signed, signing, tokens, type Identity } from 'slumberjs/auth'
import { Exchange, type Scheme } from 'slumberjs/http'
import { quartiles, round } from '../frame/quartiles.js'

const BENCH = new URL('../../', import.meta.url) // this file is compiled into bench/.build/auth

const rounds = 11
/** In one round. */
const times = 1_000
const url = 'http://localhost:8001/slumber/kitchen/'
const address = `${url}kitchen/Note?limit=20`

interface Way {
  readonly name: string
  /** What it does more than its bare half, in CPU µs, at the most. */
  readonly target: number
  /** Made before the clock runs. */
  readonly prepare: () => Promise<() => unknown>
  readonly bare: () => unknown
}

const pair = generateKeyPairSync('ed25519')
const privateKey = pair.privateKey.export({ format: 'jwk' })
const publicKey = pair.publicKey.export({ format: 'jwk' })
const octets = Buffer.alloc(300, 'a') // about what a signature base and a token are long
const signature = sign(null, octets, pair.privateKey)

const credentials = signing({ service: 'shop', key: privateKey, forwardedUser: () => undefined }) // for itself
const services = signed({ url, keys: { shop: { service: 'shop', publicKey, grant: 'all' } } })

const ada: Identity = { name: 'ada', superuser: false, permissions: ['kitchen.add_note', 'kitchen.change_note'] }
const keys = [{ kid: 'one', key: privateKey }]
const issuer = tokens({ issuer: 'http://localhost:8000/', keys, audiences: [url], users: () => ada })
const verifying = { issuer: 'http://localhost:8000/', audience: url, jwks: issuer.published() }
const forgetful = bearer({ ...verifying, remembered: 1 })
const remembering = bearer(verifying)

const exchangeWith = (headers: Readonly<Record<string, string>>): Exchange =>
  new Exchange(new Request(address, { headers }))

const known = async (scheme: Scheme, exchange: Exchange): Promise<void> => {
  if (typeof (await scheme.authenticate(exchange)) !== 'object') throw new Error('Nobody was let in.')
}

/** Each token once, or one of them again and again. */
const byToken = (scheme: Scheme, others: number) => async (): Promise<() => unknown> => {
  const made = await Promise.all(Array.from({ length: others }, () => issuer.sign(ada, url)))
  let index = 0
  return () => known(scheme, exchangeWith({ authorization: `Bearer ${made[index++ % others] ?? ''}` }))
}

/** As a client sends it. */
const question: Message = {
  method: 'GET',
  url: address,
  headers: { accept: 'application/json' },
  isSafe: true,
  isKeyed: false,
  isHurried: false,
  deadline: Infinity,
  user: '',
}

/** The exchange is there for any scheme, and made for the bare half, too. */
const ways: readonly Way[] = [
  {
    name: 'a signed GET of a service, signed and verified',
    target: 60,
    prepare: () =>
      Promise.resolve(async () => {
        const fields = await credentials.sign?.(question)
        await known(services, exchangeWith({ ...fields }))
      }),
    bare: () => {
      exchangeWith({ accept: 'application/json' })
      return verify(null, octets, pair.publicKey, sign(null, octets, pair.privateKey))
    },
  },
  {
    name: 'a bearer token that is seen for the first time',
    target: 60,
    prepare: byToken(forgetful, times),
    bare: () => {
      exchangeWith({ accept: 'application/json' })
      return verify(null, octets, pair.publicKey, signature)
    },
  },
  {
    name: 'a bearer token that is remembered',
    target: 0,
    prepare: byToken(remembering, 1),
    bare: () => {
      exchangeWith({ accept: 'application/json' })
      return verify(null, octets, pair.publicKey, signature)
    },
  },
]

/** CPU µs of one time. */
async function cost(run: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  for (let index = 0; index < times; index++) await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}

async function measure({ name, target, prepare, bare }: Way) {
  const [whole, half, over]: number[][] = [[], [], []]
  for (let index = -2; index < rounds; index++) {
    const run = await prepare()
    const [one, other] = [await cost(run), await cost(bare)]
    if (index < 0) continue // to be compiled
    whole?.push(one)
    half?.push(other)
    over?.push(one - other)
  }
  const [all, crypto, difference] = [quartiles(whole ?? []), quartiles(half ?? []), quartiles(over ?? [])]
  return { name, cost: all, bare: crypto, over: difference, target, met: difference.q3 <= target }
}

const results: Awaited<ReturnType<typeof measure>>[] = []
for (const way of ways) results.push(await measure(way))
console.log('\nauth: CPU µs (median), and what is over the bare cryptography\n')
for (const { name, cost: all, bare, over, target, met } of results) {
  const [µs, ofBare, q1, median, q3] = [all.median, bare.median, over.q1, over.median, over.q3].map((each) =>
    round(each, 1),
  )
  console.log(
    `${name.padEnd(50)} ${µs} − ${ofBare}: ${median} (${q1} to ${q3})  ≤ ${target} ${met ? 'met' : 'NOT MET'}`,
  )
}
mkdirSync(new URL('results/', BENCH), { recursive: true })
writeFileSync(new URL('results/auth.json', BENCH), `${JSON.stringify(results, null, 2)}\n`)
if (results.some(({ met }) => !met)) process.exitCode = 1
