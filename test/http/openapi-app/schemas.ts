// What the resources of the app take and give: with a name, without one, and referring to itself.

import { type } from 'arktype'
import { z } from 'zod'

export const Author = z.object({ name: z.string().min(1) }).meta({ id: 'Author' })

export const PostForm = z.object({
  title: z.string().min(1).max(100),
  draft: z.boolean().default(false),
  author: Author.optional(),
})

export const PostShown = z.object({
  id: z.int(),
  title: z.string(),
  draft: z.boolean(),
  author: Author.optional(),
  changed: z.iso.datetime(),
})

export const Comment = z.object({
  text: z.string(),
  get answers() {
    return z.array(Comment)
  },
})

/** Another validator. */
export const Search = type({ words: 'string[]', 'limit?': 'number' })
