// Collections show their items as these show themselves (R15), whatever the representation.
import { expect, test } from 'vitest'
import { Entity, hal, itemsOf, json, ndjson, resource, router, type Representation } from 'slumberjs/http'

interface Post {
  readonly id: number
  readonly title: string
  readonly secret: string
}

const posts: readonly Post[] = [
  { id: 1, title: 'One', secret: 'a' },
  { id: 2, title: 'Two', secret: 'b' },
]

class PostResource extends resource('/blog/:id{[0-9]+}') {
  override get produces(): readonly Representation[] {
    return [json, hal]
  }
  override represent(item: unknown): Entity {
    const { id, title } = item as Post // what this file gives it
    return new Entity({ id, title }, { self: { href: PostResource.url({ id }) } }, `"v${id}"`)
  }
  GET(): unknown {
    return this.represent(posts[Number(this.params.id) - 1])
  }
}

class Posts extends resource('/blog') {
  override get produces(): readonly Representation[] {
    return [json, hal, ndjson]
  }
  GET(): unknown {
    return itemsOf(this, PostResource, posts, { self: { href: Posts.url() } })
  }
}

class Stream extends resource('/stream') {
  override get produces(): readonly Representation[] {
    return [ndjson]
  }
  GET(): unknown {
    return itemsOf(this, PostResource, new Set(posts))
  }
}

class Plain extends resource('/plain') {
  GET(): unknown {
    return [itemsOf(this, Stream, posts), itemsOf(this, PostResource, [])]
  }
}

const app = router([PostResource, Posts, Stream, Plain])
const ask = async (path: string, accept = '*/*'): Promise<Response> =>
  await app.fetch(new Request(`http://h${path}`, { headers: { accept } }))

test('a list has each item as its own URL shows it', async () => {
  const items = [await (await ask('/blog/1')).json(), await (await ask('/blog/2')).json()]
  expect(items[0]).toEqual({ id: 1, title: 'One' })
  expect(await (await ask('/blog')).json()).toEqual(items)
})

test('so has a list in HAL, with links and tags', async () => {
  const item: unknown = await (await ask('/blog/1', 'application/hal+json')).json()
  expect(await (await ask('/blog', 'application/hal+json')).json()).toMatchObject({
    _links: { self: { href: '/blog' } },
    _embedded: { item: [item, { _links: { self: { href: '/blog/2' } } }] },
  })
})

test('what comes one by one is shown one by one', async () => {
  expect(await (await ask('/stream')).text()).toBe('{"id":1,"title":"One"}\n{"id":2,"title":"Two"}\n')
})

test('items that are no entities, and no items at all, are arrays', async () => {
  expect(await (await ask('/plain')).json()).toEqual([posts, []])
})
