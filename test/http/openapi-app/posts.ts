// Posts in memory: lists, one post with all methods, conditions, keys for retries and limits.

import { z } from 'zod'
import {
  applyJsonPatch,
  CREATED,
  csv,
  hal,
  html,
  json,
  jsonPatchJson,
  mergePatch,
  mergePatchJson,
  ndjson,
  NO_CONTENT,
  query,
  resource,
  xml,
  type Answer,
  type Representation,
} from 'slumberjs/http'
import { Author, Comment, PostForm, PostShown, Search } from './schemas.ts'

type Shown = z.infer<typeof PostShown>

const changed = '2026-01-01T00:00:00Z'
const posts = new Map<number, Shown>([[1, { id: 1, title: 'One', draft: false, changed }]])

export class Post extends resource('/posts/:id{[0-9]+}') {
  override readonly produces: readonly Representation[] = [json, html, xml, hal]
  override readonly accepts = [json]
  override readonly acceptsPatch = [mergePatchJson, jsonPatchJson]
  override readonly input = { PUT: PostForm }
  override readonly output = { GET: PostShown, PATCH: PostShown }
  override readonly requiresCondition = ['PATCH', 'DELETE']
  override readonly createsByPut = true
  override readonly description = { resource: 'A post.', DELETE: 'Deletes it *for good*.' }
  #post: Shown | undefined

  override exists(): boolean {
    this.#post = posts.get(Number(this.params.id))
    return this.#post !== undefined
  }

  override entityTag(): string | undefined {
    return this.#post && `v${JSON.stringify(this.#post).length}`
  }

  override lastModified(): Date | undefined {
    return this.#post && new Date(this.#post.changed)
  }

  GET(): unknown {
    return this.#post
  }

  async PUT(): Promise<Answer> {
    const form = await this.data(PostForm)
    posts.set(Number(this.params.id), { ...form, id: Number(this.params.id), changed })
    return this.exchange.targetExists ? NO_CONTENT() : CREATED(undefined, { location: Post.url(this.params) })
  }

  PATCH(): unknown {
    const isPatch = this.exchange.headers.get('content-type')?.startsWith('application/json-patch') ?? false
    const next = isPatch ? applyJsonPatch(this.#post, this.data()) : mergePatch(this.#post, this.data())
    const post = PostShown.parse(next)
    posts.set(post.id, post)
    return post
  }

  DELETE(): Answer {
    posts.delete(Number(this.params.id))
    return NO_CONTENT()
  }
}

export class Posts extends resource('/posts', {
  query: {
    page: query.integer({ default: 1, minimum: 1, description: 'Ten posts each.' }),
    words: query.text({ maxLength: 100 }),
    sort: query.choice(['new', 'old'], { list: true }),
    since: query.date(),
  },
}) {
  override readonly produces = [json, csv, ndjson]
  override readonly accepts = [json]
  override readonly input = { POST: PostForm, QUERY: Search }
  override readonly output = { GET: z.array(PostShown), POST: PostShown, QUERY: z.array(PostShown) }
  override readonly idempotency = { required: true, seconds: 60 }
  override readonly rateLimit = [{ count: 1000, window: 60, by: 'address', name: 'minute' }] as const

  GET(): unknown {
    return [...posts.values()]
  }

  QUERY(): unknown {
    return [...posts.values()]
  }

  async POST(): Promise<Answer> {
    const post = { ...(await this.data(PostForm)), id: Math.max(0, ...posts.keys()) + 1, changed }
    posts.set(post.id, post)
    return CREATED(post, { location: Post.url({ id: post.id }) })
  }
}

export class Comments extends resource('/posts/:id{[0-9]+}/comments') {
  override readonly input = { POST: Comment }
  override readonly output = { GET: z.array(Comment) }

  override exists(): boolean {
    return posts.has(Number(this.params.id))
  }

  GET(): unknown {
    return [{ text: 'Good', answers: [{ text: 'Indeed', answers: [] }] }]
  }

  async POST(): Promise<Answer> {
    await this.data(Comment)
    return NO_CONTENT()
  }
}

export class PostAuthor extends resource('/posts/:id/author') {
  override readonly output = { GET: Author }

  GET(): unknown {
    return { name: 'Ada' }
  }
}
