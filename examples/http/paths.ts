// Paths: parameters are typed from them, and a class knows its own URL.

import { at, resource, router } from 'slumberjs/http'

/** A pattern, and a last segment that may be left out: `id` is a string, `slug` a string or undefined. */
export class Article extends resource('/articles/:id{[0-9]+}/:slug?') {
  GET(): unknown {
    return { id: Number(this.params.id), slug: this.params.slug ?? null }
  }
}

/** The rest of a path, slashes and all. */
export class Tree extends resource('/tree/:path{.+}') {
  GET(): unknown {
    return this.params.path.split('/')
  }
}

/** Settings, answers and handlers of another class, at a path with parameters of its own. */
export class Translation extends resource('/articles/:id{[0-9]+}/in/:language', { extends: Article }) {
  override GET(): unknown {
    return { ...(super.GET() as object), language: this.params.language } // what it is, Article does not say
  }
}

export const site = router(
  [
    Translation,
    Article,
    Tree,
    at('/a/:id', Article, { caching: { visibility: 'public', maxAge: 60 } }), // once more, with other settings
  ],
  { prefix: '/site' },
)

export const urls = [
  Article.url({ id: 3 }), // '/articles/3'
  Article.url({ id: 3n, slug: 'on pizza' }), // '/articles/3/on%20pizza'
  site.urlOf(Tree, { path: 'a/b c' }), // '/site/tree/a/b%20c': with the prefix
]
// Article.url({ id: 'x' })  throws: … needs for "id" [0-9]+: "x".
// Article.url({})           does not compile
