// Where the services are: which one a URL belongs to, and what is never taken for a reference.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Addresses, UnknownService } from '../../src/wire/index.ts'

const services = {
  takeaway: 'http://h:8000/slumber/takeaway/',
  pizzas: 'http://h:8001/slumber/pizzas', // the slash is added
  deep: 'http://h:8001/slumber/pizzas/deep/',
  accounting: 'https://Accounts.example:443/slumber/',
  auth: 'https://accounts.example/slumber/',
}
const addresses = new Addresses(services)

test('URLs are normalised, containers end in a slash', () => {
  expect(Object.fromEntries(addresses.services)).toEqual({
    ...services,
    pizzas: 'http://h:8001/slumber/pizzas/',
    accounting: 'https://accounts.example/slumber/',
  })
})

describe('absolute URLs and their slumber: form', () => {
  test.each([
    ['http://h:8001/slumber/pizzas/menu/Shop/1', 'slumber://pizzas/menu/Shop/1'],
    ['http://h:8001/slumber/pizzas/', 'slumber://pizzas/'],
    ['http://h:8001/slumber/pizzas/menu/', 'slumber://pizzas/menu/'],
    ['http://h:8001/slumber/pizzas/deep/a/B/1', 'slumber://deep/a/B/1'],
    ['http://h:8001/slumber/pizzas/deeper/B/1', 'slumber://pizzas/deeper/B/1'],
    ['https://accounts.example/slumber/auth/User/a%20b,3', 'slumber://accounting/auth/User/a%20b,3'],
  ])('%s is %s', (absolute, slumber) => {
    expect(addresses.toSlumber(absolute)).toBe(slumber)
    expect(addresses.toAbsolute(slumber)).toBe(absolute)
    expect(addresses.toSlumber(slumber)).toBe(slumber)
    expect(addresses.toAbsolute(absolute)).toBe(absolute)
  })

  test.each([
    'http://h:8001/slumber/pizzas',
    'http://h:8001/slumber/pizzasx/1',
    'http://h:8001/slumber/pizzas/../x',
    'http://h:8001/slumber/pizzas/%2E%2e/x',
    'http://h/slumber/pizzas/1',
    'https://h:8001/slumber/pizzas/1',
    'http://h.evil:8001/slumber/pizzas/1',
    'http://evil/?http://h:8001/slumber/pizzas/1',
    'http://h:8001/SLUMBER/pizzas/1',
  ])('%s lies outside all services', (url) => {
    expect(addresses.locate(url)).toBeUndefined()
    expect(addresses.toSlumber(url)).toBeUndefined()
  })

  test('another spelling of the same URL is found too', () => {
    for (const url of [
      'HTTP://H:8001/slumber/pizzas/a/B/1',
      'http://h:8001/x/../slumber/./pizzas/a/B/1',
      'http://h:08001/slumber/pizzas/a/B/1',
    ]) {
      expect(addresses.toSlumber(url)).toBe('slumber://pizzas/a/B/1')
    }
  })
})

describe('two names for one service', () => {
  test('the first listed is the name, unless the other is our own', () => {
    const url = 'https://accounts.example/slumber/auth/User/1'
    expect(addresses.toSlumber(url)).toBe('slumber://accounting/auth/User/1')
    expect(new Addresses(services, 'auth').toSlumber(url)).toBe('slumber://auth/auth/User/1')
    expect(new Addresses(services, 'pizzas').toSlumber(url)).toBe('slumber://accounting/auth/User/1')
  })

  test('both names lead there', () => {
    expect(addresses.toAbsolute('slumber://auth/a/B/1')).toBe(addresses.toAbsolute('slumber://accounting/a/B/1'))
  })

  test('a longer URL wins over our own name', () => {
    expect(new Addresses(services, 'pizzas').toSlumber('http://h:8001/slumber/pizzas/deep/a/B/1')).toBe(
      'slumber://deep/a/B/1',
    )
  })
})

test('a service that is not listed is named, with those that are', () => {
  const error: unknown = (() => {
    try {
      return addresses.toAbsolute('slumber://atlas/geo/City/1')
    } catch (thrown) {
      return thrown
    }
  })()
  expect(error).toBeInstanceOf(UnknownService)
  expect(error).toMatchObject({
    name: 'UnknownService',
    service: 'atlas',
    message: 'There is no service "atlas"; the directory lists: takeaway, pizzas, deep, accounting, auth.',
  })
  expect(() => new Addresses({}).toAbsolute('slumber://a/')).toThrow('lists: none.')
  // It is still known what a reference says.
  expect(addresses.locate('slumber://atlas/geo/City/1')).toEqual({ service: 'atlas', path: 'geo/City/1' })
})

test.each([
  'slumber://pizzas/../x',
  'slumber://pizzas/a/./b',
  'slumber://pizzas/a/%2E%2e',
  'slumber://pizzas/a/.%2e/b',
  'slumber://pizzas//evil',
  'slumber://pizzas/a//b',
  String.raw`slumber://pizzas/a\..\b`,
  'slumber://pizzas/a b',
  'slumber://pizzas/a\nb',
  'slumber://pizzas/\u0000',
  'slumber://pizzas',
  'slumber:///a',
  'slumber://',
  'slumber://u:p@pizzas/a',
  'slumber://-pizzas/a',
  'slumber://../a',
  'slumber://pizzas\n/a',
])('%j is no slumber URL', (url) => {
  expect(addresses.locate(url)).toBeUndefined()
  expect(() => addresses.toAbsolute(url)).toThrow(TypeError)
})

test.each([
  'http://ada:secret@h:8001/slumber/pizzas/1',
  'http://ada@h:8001/slumber/pizzas/1',
  '/slumber/pizzas/1',
  '//h:8001/slumber/pizzas/1',
  'http:/h:8001/slumber/pizzas/1',
  String.raw`http:\\h:8001/slumber/pizzas/1`,
  'http:///slumber',
  ' http://h:8001/slumber/pizzas/1',
  'ftp://h/1',
  'javascript:alert(1)',
  'http://h:x/',
  '',
])('%j is no reference', (url) => {
  expect(addresses.toSlumber(url)).toBeUndefined()
  expect(() => addresses.toAbsolute(url)).toThrow(/not an absolute http, https or slumber URL/)
})

test('an empty segment or a blank in the path of an absolute URL is no reference either', () => {
  expect(addresses.toSlumber('http://h:8001/slumber/pizzas//evil')).toBeUndefined()
  expect(addresses.toSlumber('http://h:8001/slumber/pizzas/a b')).toBe('slumber://pizzas/a%20b')
})

describe('a directory that cannot be', () => {
  test.each(['', '-a', 'a b', 'a/b', 'ä', '..', 'a\n'])('the name %j', (name) => {
    expect(() => new Addresses({ [name]: 'http://h/' })).toThrow(/cannot name a service/)
  })

  test.each(['/slumber/', 'h:80/', 'ftp://h/', 'http://h/?a=b', 'http://h/#a', 'http://ada:secret@h/', ''])(
    'the URL %j',
    (url) => {
      expect(() => new Addresses({ pizzas: url })).toThrow(/"pizzas" must be an absolute http or https URL/)
    },
  )

  test('a password in a URL is not repeated', () => {
    expect(() => new Addresses({ pizzas: 'http://ada:secret@h/' })).not.toThrow(/secret/)
  })

  test('without ourselves', () => {
    expect(() => new Addresses(services, 'atlas')).toThrow(/does not list this service itself \("atlas"\)/)
  })
})

describe('properties', () => {
  const segment = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('..', '.', '%2e%2e', '', '\\', '?', '#', '@'))
  const path = fc.array(segment).map((segments) => segments.join('/'))

  test('a reference to below a service leads back to the very URL', () => {
    fc.assert(
      fc.property(path, (text) => {
        const url = new URL(`http://h:8001/slumber/pizzas/${text}`).href
        const slumber = addresses.toSlumber(url)
        if (slumber !== undefined) expect(addresses.toAbsolute(slumber)).toBe(url)
      }),
    )
  })

  test('a stored reference never leaves its service', () => {
    fc.assert(
      fc.property(path, (text) => {
        const place = addresses.locate(`slumber://pizzas/${text}`)
        if (place === undefined) return
        const url = addresses.toAbsolute(`slumber://pizzas/${text}`)
        expect(new URL(url).href.startsWith('http://h:8001/slumber/pizzas/')).toBe(true)
      }),
    )
  })
})
