// A blog over SQLite: its models make a service, with which the resources are mounted.

import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { basic } from 'slumberjs/auth'
import { serve, type Server } from 'slumberjs/node'
import { app, model, modelRouter, service } from 'slumberjs/server'
import { Author, Post, Posts } from './posts.ts'
import { authors, firstRows, posts } from './schema.ts'

export async function startBlog(file: string, port: number): Promise<Server> {
  const client = createClient({ url: `file:${file}` })
  await client.executeMultiple(firstRows)
  const blog = service(null, {
    url: `http://localhost:${port}/slumber/`, // where `blog.fetch` would answer; here it is not mounted
    database: drizzle({ client }),
    apps: [
      app('blog', {
        Author: model(authors, { display: 'name', public: true }), // everybody may read what its resources show
        Post: model(posts, { display: 'title', public: true }),
      }),
    ],
    authenticate: [
      basic(async (name, password) =>
        name === 'ada' && password === 'engine' ? { name, superuser: true, permissions: [] } : undefined,
      ),
    ],
  })
  const site = modelRouter(blog, [Posts, Post, Author], { defaults: { allowsAnonymous: true } }) // what is public, at least
  return await serve(site, { port })
}
