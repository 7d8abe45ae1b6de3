// Options and settings that do not exist, or are undefined where that means nothing, as a program without types may write them.
import { describe, expect, test } from 'vitest'
import { at, cors, requireUser, resource, router, type Settings } from 'slumberjs/http'

/** As programs without types write it. */
const untyped = (given: unknown): never => given as never

class Post extends resource('/posts') {
  GET(): string {
    return 'posts'
  }
}

test.each<readonly [string, () => unknown, string]>([
  [
    'router',
    () => router([Post], untyped({ prefx: '/api' })),
    'router(…) has no "prefx"; there are: prefix, middleware, defaults, logger.',
  ],
  ['router', () => router([Post], untyped('/api')), 'router(…) must be given an object: { prefix, middleware,'],
  [
    'resource',
    () => resource('/posts', untyped({ qurey: {} })),
    'resource("/posts", …) has no "qurey"; there are: query, settings, extends.',
  ],
  [
    'requireUser, which would let everybody in who is known,',
    () => requireUser(untyped({ permision: 'blog.change_post' })),
    'requireUser(…) has no "permision"; there are: permission, methods.',
  ],
  [
    'requireUser, for a permission that is undefined,',
    () => requireUser(untyped({ permission: undefined })),
    'requireUser(…) has "permission", but it is undefined, which closes nothing',
  ],
  ['cors', () => cors(untyped({ origin: '*', maxage: 5 })), 'cors(…) has no "maxage"; there are: origin, methods,'],
])('an option that does not exist is refused by %s', (_, make, message) => {
  expect(make).toThrow(TypeError)
  expect(make).toThrow(message)
})

describe('a setting', () => {
  const places: readonly (readonly [string, (settings: Partial<Settings>) => unknown])[] = [
    ['of a class', (settings) => resource('/posts', { settings })],
    ['of a mount', (settings) => router([at('/more', Post, settings)])],
    ['of a router', (settings) => router([Post], { defaults: settings })],
  ]

  test.each(places)('%s that does not exist is refused', (_, make) => {
    expect(() => make(untyped({ scheems: [] }))).toThrow('there is no setting "scheems"; there are: produces,')
  })

  test.each(places)('%s that is undefined is refused, unless that is its default', (_, make) => {
    expect(() => make(untyped({ schemes: undefined }))).toThrow('the setting "schemes" is undefined; leave it out')
    expect(() => make(untyped({ accepts: undefined }))).toThrow('the setting "accepts" is undefined; leave it out')
    expect(() => make({ rateLimit: undefined, description: undefined })).not.toThrow()
  })
})
