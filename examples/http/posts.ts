// The posts of the examples, in memory: any database will do.

export interface PostForm {
  readonly title: string
  readonly text: string
}

export interface PostRow extends PostForm {
  readonly id: number
  /** Another one after every change: a counter, a hash, `xmin`. */
  readonly version: string
}

const rows = new Map<number, PostRow>([[3, { id: 3, title: 'Slumber', text: 'Zzz.', version: 'v1' }]])

export const posts = {
  all: (): readonly PostRow[] => [...rows.values()],
  find: async (id: string): Promise<PostRow | undefined> => rows.get(Number(id)),
  async add(form: PostForm): Promise<PostRow> {
    const row = { id: Math.max(0, ...rows.keys()) + 1, ...form, version: 'v1' }
    rows.set(row.id, row)
    return row
  },
  async save({ id, version }: PostRow, form: PostForm): Promise<PostRow> {
    const row = { id, ...form, version: `v${Number(version.slice(1)) + 1}` }
    rows.set(id, row)
    return row
  },
  async remove({ id }: PostRow): Promise<void> {
    rows.delete(id)
  },
}
