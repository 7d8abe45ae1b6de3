// What the four programs mount: a post, the list of posts, and a list that is streamed; all below /api.

import { CREATED, ndjson, NO_CONTENT, resource, router, type Answer, type StatusConstant } from 'slumberjs/http'
import { z } from 'zod'
import { Post } from './blog.ts'
import { posts } from './posts.ts'

const PostForm = z.object({ title: z.string().min(1), text: z.string() })

export class EditablePost extends resource('/blog/:id{[0-9]+}', { extends: Post }) {
  override input = { PUT: PostForm } // 422

  override async PUT(): Promise<StatusConstant> {
    await posts.save(this.post!, await this.data(PostForm)) // `exists` has loaded it
    return NO_CONTENT
  }
  async DELETE(): Promise<StatusConstant> {
    await posts.remove(this.post!)
    return NO_CONTENT
  }
}

export class Posts extends resource('/blog') {
  override input = { POST: PostForm }

  GET(): unknown {
    return posts.all()
  }
  async POST(): Promise<Answer> {
    const post = await posts.add(await this.data(PostForm))
    return CREATED(post, { location: api.urlOf(EditablePost, { id: post.id }) })
  }
}

/** One line a second-hundredth, until the reader has gone. */
export class Ticks extends resource('/ticks') {
  override produces = [ndjson]
  static open = 0

  async *GET(): AsyncGenerator<object> {
    Ticks.open++
    try {
      for (let tick = 1; ; tick++) {
        yield { tick }
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    } finally {
      Ticks.open--
    }
  }
}

export const api = router([EditablePost, Posts, Ticks], { prefix: '/api' })
