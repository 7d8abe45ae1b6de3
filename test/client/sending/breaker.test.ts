// A service that is down is not waited for: a circuit for each origin, which opens, is probed, and closes.
import { CircuitOpen, connect, ConnectionFailed, TimedOut, Unavailable, type Transport } from 'slumberjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { deferred, errorOf, root, scripted, type Deferred, type Outcome } from './fixture.ts'

const url = `${root}x`
const never = 1e9

describe('opens', () => {
  test.each<[string, Outcome]>([
    ['where no connection comes about', 'cut'],
    ['where a proxy finds nobody (502)', 502],
    ['where a proxy waits in vain (504)', 504],
    ['where nothing is answered in time', 'silence'],
  ])('%s, after so many failures in a row', async (_, outcome) => {
    const { client, requests } = scripted([outcome], {
      retries: 0,
      tryTimeout: 10,
      breaker: { failures: 3, rest: never },
    })
    for (let call = 0; call < 3; call++) expect(await errorOf(client.get(url))).not.toBeInstanceOf(CircuitOpen)
    const error = await errorOf(client.post(url, {}))
    if (!(error instanceof CircuitOpen)) throw error
    expect(error).toBeInstanceOf(ConnectionFailed)
    expect(error.message).toBe(`POST ${url}: http://h is down; it is asked again in 1000000 s`)
    expect(error.cause).toBeDefined()
    expect(requests).toHaveLength(3)
  })

  test('for its origin alone', async () => {
    const { client } = scripted(
      [({ url: asked }) => (asked.startsWith('http://h/') ? Promise.reject(new Error()) : Response.json({}))],
      {
        retries: 0,
        breaker: { failures: 1, rest: never },
      },
    )
    await errorOf(client.get(url))
    expect(await errorOf(client.get(url))).toBeInstanceOf(CircuitOpen)
    expect(await client.get('http://h:81/')).toMatchObject({ status: 200 })
    expect(await client.get('https://h/')).toMatchObject({ status: 200 })
  })

  test.each<[string, Outcome]>([
    ['an answer between them', 200],
    ['a refusal between them', 404],
    ['a service that is there and says that it cannot (503)', 503],
    ['a server error between them', 500],
  ])('not with %s', async (_, between) => {
    const { client } = scripted(['cut', between, 'cut', between, 'cut', 200], {
      retries: 0,
      breaker: { failures: 2, rest: never },
    })
    for (let call = 0; call < 5; call++) await errorOf(client.get(url))
    expect(await client.get(url)).toMatchObject({ status: 200 })
  })

  test.each([
    ['a signal', () => ({ signal: AbortSignal.timeout(5) })],
    ['a timeout of its own', () => ({ timeout: 5 })],
    ['a time of its own for each try', () => ({ tryTimeout: 5 })],
  ])('not where callers are in a hurry: %s', async (_, hurry) => {
    const { client, requests } = scripted(['silence'], { retries: 0, breaker: { failures: 1, rest: never } })
    for (let call = 0; call < 3; call++) expect(await errorOf(client.get(url, hurry()))).not.toBeInstanceOf(CircuitOpen)
    expect(requests).toHaveLength(3)
  })

  test('not for what cannot be sent, or an answer that is too long', async () => {
    const long = (): Response => new Response('x'.repeat(100))
    const { client } = scripted([long, long, 200], {
      retries: 0,
      maxAnswerSize: 50,
      breaker: { failures: 1, rest: never },
    })
    for (let call = 0; call < 2; call++) {
      expect(await errorOf(client.get(url))).toMatchObject({ name: 'UnexpectedAnswer' })
    }
    expect(await errorOf(client.get(url, { headers: { 'x y': '' } }))).toMatchObject({ name: 'SlumberError' })
    expect(await errorOf(client.get('nowhere'))).toMatchObject({ name: 'SlumberError' })
    expect(await client.get(url)).toMatchObject({ status: 200 })
  })

  test('never with `breaker: false`', async () => {
    const { client, requests } = scripted(['cut'], { retries: 0, breaker: false })
    for (let call = 0; call < 9; call++) await errorOf(client.get(url))
    expect(requests).toHaveLength(9)
  })

  test('after 5 failures unless something else is said, the tries of one call among them', async () => {
    const { client, requests } = scripted(['cut'])
    for (let call = 0; call < 2; call++) {
      expect(await errorOf(client.get(url))).not.toBeInstanceOf(CircuitOpen)
    }
    expect(await errorOf(client.get(url))).toBeInstanceOf(CircuitOpen)
    expect(requests).toHaveLength(6) // the last try of the call that opened it among them
  })

  test('not for the further tries of the call that opens it, and closes where one of them succeeds', async () => {
    const outcomes: Outcome[] = [...Array.from({ length: 7 }, () => 'cut' as const), 200]
    const { client, requests } = scripted(outcomes, { retries: 9, breaker: { failures: 5, rest: never } })
    expect(await client.get(url)).toMatchObject({ status: 200 })
    expect(await client.get(url)).toMatchObject({ status: 200 })
    expect(requests).toHaveLength(9)
  })

  test('but for the tries of other calls that are under way', async () => {
    const gate = deferred<Response>()
    const { client, requests } = scripted(
      [({ url: asked }) => (asked === url ? gate.promise : Promise.reject(new Error('cut')))],
      { retries: 2, breaker: { failures: 3, rest: never } },
    )
    const slow = errorOf(client.get(url))
    await errorOf(client.get(`${url}/other`))
    gate.resolve(new Response(null, { status: 502 }))
    expect(await slow).toBeInstanceOf(CircuitOpen)
    expect(requests).toHaveLength(4)
  })

  test('of so many origins at most: what failed long ago is forgotten', async () => {
    const { client } = scripted(['cut'], { retries: 0, breaker: { failures: 1, rest: never } })
    const fails = (origin: number): Promise<unknown> => errorOf(client.get(`http://h${origin}/`))
    await fails(0)
    expect(await fails(0)).toBeInstanceOf(CircuitOpen)
    for (let origin = 1; origin <= 1_000; origin++) await fails(origin)
    expect(await fails(1_000)).toBeInstanceOf(CircuitOpen)
    expect(await fails(0)).not.toBeInstanceOf(CircuitOpen)
  })
})

describe('after the rest', () => {
  interface Down {
    readonly client: ReturnType<typeof connect>
    /** What to do with each request, as they come. */
    readonly waiting: Deferred<Response>[]
  }
  /** A client whose circuit has just opened, and closes soon; each further request is answered by the test. */
  const down = async (): Promise<Down> => {
    const waiting: Deferred<Response>[] = []
    let isDown = true
    const transport: Transport = () => {
      if (isDown) throw new Error('down')
      const answer = deferred<Response>()
      waiting.push(answer)
      return answer.promise
    }
    const client = connect({ service: root, transport, retries: 0, timeout: never, breaker: { failures: 1, rest } })
    await errorOf(client.get(url))
    expect(await errorOf(client.get(url))).toBeInstanceOf(CircuitOpen)
    isDown = false
    passRest()
    return { client, waiting }
  }
  const rest = 60_000
  /** The clock stands still but for this: what a test asks is not a matter of the machine. */
  const passRest = (): void => {
    const now = performance.now()
    vi.spyOn(performance, 'now').mockReturnValue(now + rest)
  }
  afterEach(() => vi.restoreAllMocks())
  const post = (client: Down['client'], signal?: AbortSignal): Promise<unknown> =>
    errorOf(client.post(url, {}, signal === undefined ? {} : { signal }))

  test('one request finds out, however long it takes; the others are refused meanwhile', async () => {
    const { client, waiting } = await down()
    const probe = post(client)
    passRest()
    const others = await Promise.all([post(client), post(client)])
    for (const error of others) expect(error).toBeInstanceOf(CircuitOpen)
    expect(String(others[0])).toContain('asked again in 60 s')
    expect(waiting).toHaveLength(1)
    waiting[0]?.resolve(Response.json({}))
    expect(await probe).toBe('no error')
  })

  test('its success closes the circuit', async () => {
    const { client, waiting } = await down()
    const probe = post(client)
    await new Promise((resolve) => setImmediate(resolve))
    waiting[0]?.resolve(new Response(null, { status: 404 }))
    expect(await probe).toMatchObject({ status: 404 })
    const [one, two] = [post(client), post(client)]
    await new Promise((resolve) => setImmediate(resolve))
    expect(waiting).toHaveLength(3)
    for (const each of waiting) each.resolve(Response.json({}))
    expect([await one, await two]).toEqual(['no error', 'no error'])
  })

  test('its failure keeps it open for another rest', async () => {
    const { client, waiting } = await down()
    const probe = post(client)
    await new Promise((resolve) => setImmediate(resolve))
    waiting[0]?.reject(new Error('still down'))
    const error = await probe
    expect(error).toBeInstanceOf(ConnectionFailed)
    const refused = await post(client)
    expect(refused).toBeInstanceOf(CircuitOpen)
    expect((refused as CircuitOpen).cause).toBe(error)
    expect(waiting).toHaveLength(1)
  })

  test('where its caller went away, the next one finds out', async () => {
    const { client, waiting } = await down()
    const controller = new AbortController()
    const probe = post(client, controller.signal)
    await new Promise((resolve) => setImmediate(resolve))
    controller.abort()
    expect(await probe).toMatchObject({ name: 'AbortError' })
    const next = post(client)
    await new Promise((resolve) => setImmediate(resolve))
    waiting[1]?.resolve(Response.json({}))
    expect(await next).toBe('no error')
  })
})

test('a 503 is no reason to open, and is Unavailable', async () => {
  const { client } = scripted([503], { retries: 0, breaker: { failures: 1, rest: never } })
  for (let call = 0; call < 3; call++) expect(await errorOf(client.get(url))).toBeInstanceOf(Unavailable)
})

test('a try that takes too long counts, whatever signal the call has', async () => {
  const { client } = scripted(['silence'], { retries: 0, tryTimeout: 5, breaker: { failures: 1, rest: never } })
  const { signal } = new AbortController()
  expect(await errorOf(client.get(url, { signal }))).toBeInstanceOf(TimedOut)
  expect(await errorOf(client.get(url, { signal }))).toBeInstanceOf(CircuitOpen)
})
