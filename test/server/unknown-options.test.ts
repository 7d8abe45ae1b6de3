// Options that do not exist, given to anything but a model: refused, with what there is; and what is given in their place by mistake.
import { describe, expect, test } from 'vitest'
import {
  app,
  configure,
  model,
  modelCollection,
  modelResource,
  modelRouter,
  operation,
  service,
} from 'slumberjs/server'
import { base, directory, menu, serving, testScheme } from './fixture.ts'
import { blogging, posts } from './blog.ts'
import { pizzas } from './tables.ts'

const api = serving()
const blog = blogging()

/** As programs without types write it. */
const untyped = (options: unknown): never => options as never

const counting = operation.model({ GET: { query: untyped({ limit: 'integer' }), run: () => 'x' } })

const serve = (options: object) => (): void => {
  const given = { url: `${base}/`, directory, database: api.database, apps: [menu()], authenticate: [testScheme] }
  service('pizzas', { ...given, ...options })
}

describe('a service is refused', () => {
  test.each<readonly [string, object, string]>([
    [
      'a rule under another name, which would leave every tenant to every caller',
      { rules: () => ({ tenantId: 1 }) },
      'service(name, …) has no "rules"; there are: url, database, apps, relations, directory, directoryUrl, authenticate, rule,',
    ],
    ['a name that every object has', { constructor: 1 }, 'service(name, …) has no "constructor"; there are: url,'],
    ['a rule that is none', { rule: null }, 'The service’s rule must give true, false or a filter, not null'],
    [
      'a rule that is undefined, misspelt where it is imported say',
      { rule: undefined },
      'service(name, …) has "rule", but it is undefined, which closes nothing; leave it out where that is meant.',
    ],
    ['a "begin" that is undefined', { begin: undefined }, 'service(name, …) has "begin", but it is undefined'],
    [
      'a rule that is a list',
      { rule: [{ id: 1 }] },
      'The service’s rule must give true, false or a filter, not a list',
    ],
    [
      'an option of Idempotency-Key that there is not',
      { idempotency: { secconds: 5 } },
      'idempotency has no "secconds"; there are: required, seconds, lostAfter, maxContent',
    ],
    ['a secret that signs nothing', { secret: '' }, '"secret" must be a text that is not empty.'],
    ['a secret that is no text', { secret: 5 }, '"secret" must be a text that is not empty.'],
    ['a flag that is none', { serverTiming: 'yes' }, '"serverTiming" must be true or false.'],
    ['Idempotency-Key by another word', { idempotency: 'yes' }, '"idempotency" must be true, false or { required,'],
    ['a time that is none', { idempotency: { seconds: '5' } }, '"idempotency.seconds" must be a number.'],
    [
      'a condition that cannot be asked',
      { readiness: { a: 5 } },
      '"readiness" must be an object of functions, by name.',
    ],
    [
      'a function in the place of a scheme',
      { authenticate: [() => undefined] },
      '"authenticate" must be a list of schemes',
    ],
    ['schemes that are not in a list', { authenticate: testScheme }, '"authenticate" must be a list of schemes'],
    [
      'a query parameter of an operation that is a word',
      { apps: [app('menu', { Pizza: model(pizzas, { operations: { work: counting } }) })] },
      'its handler for GET has a query parameter "limit" that is not made by query.integer()',
    ],
    ['a conversion of no type', { convert: { strin: String } }, 'convert has no "strin"; there are: integer, number,'],
    [
      'a conversion that shows nothing',
      { convert: { string: {} } },
      'convert.string needs encode, which says what JSON',
    ],
    ['one app that is not in a list', { apps: menu() }, '"apps" must be a list of what app(…) makes: apps: [menu]'],
    ['no apps', { apps: undefined }, '"apps" must be a list of what app(…) makes: apps: [menu]'],
    [
      'models in the place of an app',
      { apps: [{ Pizza: model(pizzas) }] },
      '"apps" must be a list of what app(…) makes',
    ],
    ['a module that has no such app', { apps: [undefined] }, '"apps" must be a list of what app(…) makes'],
  ])('for %s', (_, options, message) => {
    expect(serve(options)).toThrow(TypeError)
    expect(serve(options)).toThrow(message)
  })

  test('without options', () => {
    expect(() => service(null, untyped(undefined))).toThrow(
      'service(name, …) must be given an object: { url, database, apps,',
    )
  })
})

test('an app is refused for an option that it has not', () => {
  const options = untyped({ konvert: { string: String } })
  const message = 'has no "konvert"; there are: configuration, convert'
  expect(() => app('menu', { Pizza: model(pizzas) }, options)).toThrow(`app("menu", …) ${message}`)
  expect(() => configure(menu(), {}, options)).toThrow(`configure(menu, …) ${message}`)
  expect(() => app('menu', {}, untyped({ convert: { string: { encod: String } } }))).toThrow(
    'app("menu", …): convert.string has no "encod"; there are: encode, decode, type',
  )
})

describe('a hand-written resource is refused', () => {
  test('for an option that it has not', () => {
    expect(() => modelResource('/posts/:id', posts, untyped({ feilds: ['id'] }))).toThrow(
      'modelResource("/posts/:id", …) has no "feilds"; there are: fields, query, settings, default',
    )
    expect(() => modelResource('/posts/:id', posts, untyped(['id']))).toThrow(
      'modelResource("/posts/:id", …) must be given an object: { fields, query, settings, default }',
    )
    expect(() => modelCollection('/posts', posts, untyped({ srot: '-id' }))).toThrow(
      'modelCollection("/posts", …) has no "srot"; there are: fields, query, settings, sort',
    )
  })

  test('for fields of a collection whose items say what is shown', () => {
    class Post extends modelResource('/posts/:id', posts) {}
    expect(() => modelCollection('/posts', Post, untyped({ fields: ['id'] }))).toThrow(
      'modelCollection("/posts", …) has no "fields"; there are: query, settings, sort',
    )
  })

  test.each<readonly [unknown, string]>([
    [{ inclde: ['id'] }, 'Post: fields has no "inclde"; there are: include, exclude, rename, computed, related'],
    [{ limit: 5 }, 'Post: fields has no "limit"; there are: include, exclude, rename, computed, related'],
    ['id', 'Post: fields must be a list of names, or an object: { include, exclude, rename, computed, related }'],
    [
      { related: { comments: { fields: ['id'] } } },
      'Post: related.comments has no "fields"; there are: include, exclude, rename, computed, related, limit, sort',
    ],
    [{ related: { comments: true } }, 'Post: related.comments must be a list of names, or an object: { include,'],
    [
      { related: { comments: { related: { post: { inclde: [] } } } } },
      'Post, "comments": related.post has no "inclde"; there are: include,',
    ],
  ])('for fields of %j', (fields, message) => {
    class Post extends modelResource('/posts/:id', posts, { fields: untyped(fields) }) {}
    expect(() => blog.site([Post])).toThrow(TypeError)
    expect(() => blog.site([Post])).toThrow(message)
  })

  test('for options of its router', () => {
    expect(() => modelRouter(blog.service, [], untyped({ prefx: '/api' }))).toThrow(
      'modelRouter(service, …) has no "prefx"; there are: prefix, middleware, defaults, logger',
    )
  })
})
