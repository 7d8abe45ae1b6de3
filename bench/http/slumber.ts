// Ours: a resource class with two representations and an entity tag.
import { hal, json, resource, router } from 'slumberjs/http'
import { serve } from 'slumberjs/node'
import type { Contestant } from '../frame/scenario.ts'
import { findArticle, type Article, type Stored } from './articles.ts'

class ArticleResource extends resource('/articles/:id') {
  override readonly produces = [json, hal]
  stored: Stored | undefined

  override exists(): boolean {
    this.stored = findArticle(this.params.id)
    return this.stored !== undefined
  }

  override entityTag(): string | undefined {
    return this.stored?.version
  }

  GET(): Article | undefined {
    return this.stored?.article
  }
}

export const start: Contestant['start'] = async () => {
  const { port } = await serve(router([ArticleResource]))
  return { port }
}
