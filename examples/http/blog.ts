// A post of a blog: a class at a path, whose methods answer HTTP's questions about it.

import { CONFLICT, cors, NO_CONTENT, resource, router } from 'slumberjs/http'
import { z } from 'zod'
import { posts, type PostRow } from './posts.ts'

const PostForm = z.object({ title: z.string().min(1), text: z.string() })
const ofOurPages = cors({ origin: ['https://example.org'], methods: ['PUT'], maxAge: 3600 })

export class Post extends resource('/blog/:id{[0-9]+}') {
  override middleware = [ofOurPages]
  post: PostRow | undefined

  override async exists(): Promise<boolean> {
    this.post = await posts.find(this.params.id) // no: 404
    return this.post !== undefined
  }
  override entityTag(): string | undefined {
    return this.post?.version // 304 and 412 follow
  }
  GET(): unknown {
    return this.post
  }
  async PUT(): Promise<unknown> {
    const form = PostForm.safeParse(this.data())
    if (!form.success) return [CONFLICT, form.error.issues]
    await posts.save(this.post!, form.data)
    return NO_CONTENT
  }
}

export const blog = router([Post])
