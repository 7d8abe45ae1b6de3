// The types a program works with: `slumber types` writes a ModelShape for each model over them. Nothing here is thenable.

/** What a model is made of, for types. */
export interface ModelShape {
  readonly instance: object
  /** The raw values. */
  readonly data: object
  /** What finds one instance: the key or a unique set. */
  readonly get: object
  readonly create: object
  readonly filter: object
  readonly sort: string
  /** Operations of the model itself. */
  readonly operations: object
}

/** Something with the URL of an instance: the instance, a reference to it. */
export interface Linked {
  readonly url: string
}

/** Exactly one of the members: a required reference is given as its relation or as its column. */
export type OneOf<Members> = {
  [Name in keyof Members]: Pick<Members, Name> & { readonly [Other in Exclude<keyof Members, Name>]?: never }
}[keyof Members]

/** A reference to an instance here or on another service; nothing is asked for before `get()`. */
export interface Reference<Instance> extends Linked {
  /** The one-line name, where the server told it with the row that refers. */
  readonly display: string | undefined
  /** Asks for the instance. */
  get(): Promise<Instance>
  /** The URL. */
  toJSON(): string
}

/** What every instance has besides its fields. */
export interface InstanceMembers<Shape extends ModelShape> extends Linked {
  /** The one-line name. */
  readonly display: string
  /** The values as the server sent them last, in the program's types: references as keys and URLs. */
  readonly data: Shape['data']
  /** PATCH, only if the instance is still as it was last seen. Throws PreconditionFailed with the current state otherwise. */
  update(changes: Partial<Shape['create']>): Promise<void>
  /** PUT, under the same condition. */
  replace(content: Shape['create']): Promise<void>
  /** DELETE, under the same condition. What is already gone counts as deleted. */
  delete(): Promise<void>
  /** A conditional GET; whether anything had changed. */
  refresh(): Promise<boolean>
  /** The URL, the display and the data. */
  toJSON(): object
}

export interface PageOf<Instance> {
  readonly items: readonly Instance[]
  /** The next page, or undefined behind the last one. */
  next(): Promise<PageOf<Instance>> | undefined
}

/** Some instances of a model, asked for page by page as they are needed. */
export interface List<Shape extends ModelShape> extends AsyncIterable<Shape['instance']> {
  /** Narrows the list; filters add up. */
  filter(filter: Shape['filter']): List<Shape>
  /** The order, in place of any earlier one: `'-price', 'name'`. */
  sort(...fields: readonly Shape['sort'][]): List<Shape>
  /** Rows a page. */
  limit(rows: number): List<Shape>
  page(): Promise<PageOf<Shape['instance']>>
  /** Everything, up to `max` rows; throws RangeError where there are more. */
  all(options: { readonly max: number }): Promise<readonly Shape['instance'][]>
}

/** A model of a service. Operations of the model itself are further members. */
export interface ModelMembers<Shape extends ModelShape> extends List<Shape> {
  get(key: Shape['get']): Promise<Shape['instance']>
  create(content: Shape['create']): Promise<Shape['instance']>
}

export type ModelClient<Shape extends ModelShape> = ModelMembers<Shape> & Shape['operations']
