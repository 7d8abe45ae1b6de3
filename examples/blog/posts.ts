// A post of a blog, and the list of them: hand-written resources of a model, with their own URLs and their own look.

import { NO_CONTENT, type Answer, type StatusConstant } from 'slumberjs/http'
import { modelCollection, modelResource, type Filter } from 'slumberjs/server'
import { z } from 'zod'
import { authors, posts } from './schema.ts'

const PostForm = z.object({ title: z.string().min(1), text: z.string(), published: z.boolean().default(false) })

/** How an author looks, wherever one is shown; it has a URL, but no method yet. */
export class Author extends modelResource('/authors/:id', authors, { default: true, fields: ['id', 'name'] }) {}

export class Post extends modelResource('/posts/:id', posts, {
  fields: {
    include: ['own', 'author'],
    exclude: ['authorId'],
    computed: { words: ({ text }) => text.split(' ').length },
  },
}) {
  override input = { PUT: PostForm }

  GET = this.getOne

  /** The rows there are for whoever asks, in every method: drafts are for those who may change them. */
  override queryset(): true | Filter {
    return this.caller.can('blog.change_post') ? true : { published: true }
  }
  async PUT(): Promise<StatusConstant> {
    await this.update(await this.data(PostForm))
    return NO_CONTENT
  }
}

export class Posts extends modelCollection('/posts', Post, { sort: '-id' }) {
  override input = { POST: PostForm }

  GET = this.getPage

  async POST(): Promise<Answer> {
    return await this.created(await this.create({ ...(await this.data(PostForm)), authorId: 1 }))
  }
}
