// Middleware: CORS, callers, kept pages, and one of one's own.

import {
  cachePage,
  cors,
  FORBIDDEN,
  NO_CONTENT,
  requireUser,
  resource,
  router,
  type Middleware,
  type Scheme,
  type StatusConstant,
} from 'slumberjs/http'

/** Gives the caller, undefined where the request says nothing of this kind, 'refused' where what it says is wrong. */
const bearer: Scheme = {
  challenge: 'Bearer realm="news"',
  async authenticate({ headers }) {
    const [, token] = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
    if (token === undefined) return undefined
    if (token !== 'token-of-ada') return 'refused' // in earnest, look up its hash
    return { name: 'ada', superuser: false, can: (permission) => permission === 'news.change' }
  },
}

/** A half for the request, which may answer, and a half for the answer, which may change it; each may be left out. */
const house: Middleware = {
  name: 'house',
  vary: ['user-agent'], // what it looks at
  request: ({ exchange }) => (exchange.headers.get('user-agent') === 'bad-bot' ? FORBIDDEN : undefined),
  response: (_resource, answer) => answer.with({ headers: { server: 'news' } }),
}

export class News extends resource('/news') {
  override allowsAnonymous = true // otherwise every method is 401 without a caller
  override middleware = [
    requireUser({ methods: ['PUT'], permission: 'news.change' }), // 401, or 403 that names it
    cachePage(60),
  ]

  GET(): unknown {
    return { made: new Date().toISOString() }
  }
  PUT(): StatusConstant {
    return NO_CONTENT
  }
}

export class Archive extends resource('/archive') {
  GET(): unknown {
    return { reader: this.exchange.principal?.name }
  }
}

export const news = router([News, Archive], {
  middleware: [cors({ origin: '*' }), house], // around all of them, outside their own
  defaults: { schemes: [bearer] }, // settings of those that do not set them
})
