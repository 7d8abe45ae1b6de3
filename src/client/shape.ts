// The types a program works with: `slumber types` writes a ModelShape for each model over them. Nothing here is thenable.

/** What a model is made of, for types. */
export interface ModelShape {
  readonly instance: object
  /** The raw values. */
  readonly data: object
  /** What finds one instance: the key or a unique set. */
  readonly get: object
  readonly create: object
  /** What changes an instance: any of what creates one. */
  readonly changes: object
  readonly filter: object
  readonly sort: string
  /** What can be asked for alone. */
  readonly field: string
  /** What can come with an instance. */
  readonly relation: string
  /** By relation, how it comes. */
  readonly expand: object
}

/** Something with the URL of an instance: the instance, a reference to it. */
export interface Linked {
  readonly url: string
}

/** Exactly one of the members: a required reference is given as its relation or as its column. */
export type OneOf<Members> = {
  [Name in keyof Members]: Pick<Members, Name> & { readonly [Other in Exclude<keyof Members, Name>]?: never }
}[keyof Members]

/** How a reference is expanded. */
export interface ReferenceExpansion<Shape extends ModelShape> {
  /** These fields of it alone. */
  readonly fields?: readonly Shape['field'][]
  /** What comes with it. */
  readonly expand?: Shape['expand']
}

/** Of a list, along one reference too. It is an interface so that the compiler finds out what is behind references only where it must. */
interface Orders<Shape extends ModelShape> extends ReadonlyArray<Shape['sort'] | PathsOf<Shape>> {}

/** How a data array is expanded: its first page. */
export interface ArrayExpansion<Shape extends ModelShape> extends ReferenceExpansion<Shape> {
  readonly filter?: Shape['filter']
  readonly sort?: Orders<Shape>
  /** Rows of the page. */
  readonly limit?: number
}

/** Nothing to the checker, which yet infers from it: what was given, beside what may be. */
type AsGiven<Given> = Given & ([Given] extends [Given] ? never : unknown)

/** An instance of which only some fields were asked for. Its references are there with their columns, or expanded. */
type Narrow<Shape extends ModelShape, Field> = Omit<
  Shape['instance'],
  Exclude<Shape['field'], Field> | References<Shape>
> &
  Partial<Pick<Shape['instance'], References<Shape>>>

/** The names of references to the same service. */
type References<Shape extends ModelShape> = {
  [Name in Shape['relation'] & keyof Shape['instance']]: Shape['instance'][Name] extends Reference<unknown> | null
    ? Name
    : never
}[Shape['relation'] & keyof Shape['instance']]

/** The model behind a reference to the same service; never behind any other name. */
type TargetOf<Shape extends ModelShape, Name> = Name extends References<Shape> & keyof Shape['expand']
  ? ExpandedBy<Exclude<Shape['expand'][Name], true>>
  : never

type ExpandedBy<Expansion> = Expansion extends ReferenceExpansion<infer Target> ? Target : never

/** A model of whose instances only a part was asked for. */
export interface Narrowed<
  Shape extends ModelShape,
  Instance extends object,
  Field extends string = Shape['field'],
  Data extends object = Shape['data'],
> extends ModelShape {
  readonly instance: Instance
  readonly data: Data
  readonly get: Shape['get']
  readonly create: Shape['create']
  readonly changes: Shape['changes']
  readonly filter: Shape['filter']
  readonly sort: Shape['sort']
  readonly field: Field
  readonly relation: Shape['relation']
  readonly expand: Shape['expand']
}

/** With some of the fields alone; with all where none is named, or nothing is known of them. */
type WithFields<Shape extends ModelShape, Field> = [Field] extends [never]
  ? Shape
  : string extends Shape['field']
    ? Shape
    : Narrowed<Shape, Narrow<Shape, Field>, Field & Shape['field'], Pick<Shape['data'], Field & keyof Shape['data']>>

/** As it comes by what was given to expand it: names, and relations of whose rows only a part was asked for. */
type WithExpanded<Shape extends ModelShape, Given> = [PartialIn<Given>] extends [never]
  ? Shape
  : string extends Shape['field']
    ? Shape
    : Narrowed<
        Shape,
        Omit<Shape['instance'], PartialIn<Given>> & {
          readonly [Name in PartialIn<Given> & keyof Shape['instance']]: Behind<
            Shape['instance'][Name],
            TargetOf<Shape, Name>,
            HowOf<Given, Name>
          >
        }
      >

/** The names of relations of whose rows only a part was asked for, at any depth. */
type PartialIn<Given> = Given extends object
  ? {
      [Name in keyof Given]: Given[Name] extends { readonly fields: unknown }
        ? Name
        : Given[Name] extends { readonly expand: infer Below }
          ? [PartialIn<Below>] extends [never]
            ? never
            : Name
          : never
    }[keyof Given]
  : never

type HowOf<Given, Name extends PropertyKey> = Given extends { readonly [Each in Name]: infer How } ? How : never

/** A relation, of whose rows that came which was asked for. */
type Behind<Relation, Target extends ModelShape, How> =
  Relation extends Reference<unknown>
    ? Reference<Selected<Target, How>['instance']>
    : Relation extends List<infer Source>
      ? List<Selected<Source, How>>
      : Relation

/** What comes of a model of which this was asked for: `{ fields, expand }`. */
type Selected<Shape extends ModelShape, How> = WithFields<
  WithExpanded<Shape, How extends { readonly expand: infer Given } ? Given : never>,
  How extends { readonly fields: readonly (infer Field)[] } ? Field : never
>

/** An order along references, `shop.name`; of one that leads nowhere, those there are. */
type PathOf<Shape extends ModelShape, Given> = Given extends `-${infer Path}`
  ? `-${Along<Shape, Path>}`
  : Along<Shape, Given>

type Along<Shape extends ModelShape, Path> = Path extends `${infer Name}.${infer Rest}`
  ? `${Name}.${Ascending<TargetOf<Shape, Name>> | Along<TargetOf<Shape, Name>, Rest>}`
  : never

type Ascending<Shape extends ModelShape> = Exclude<Shape['sort'], `-${string}`>

/** Orders along one reference. */
type PathsOf<Shape extends ModelShape> = {
  [Name in References<Shape>]: `${'' | '-'}${Name & string}.${Ascending<TargetOf<Shape, Name>>}`
}[References<Shape>]

/** What comes of an instance that is asked for by its key. */
export interface GetOptions<Shape extends ModelShape, Field extends Shape['field'] = Shape['field'], Given = never> {
  /** These fields alone. */
  readonly fields?: readonly Field[]
  /** What is behind its relations: `{ shop: true, lines: { limit: 5 } }`. */
  readonly expand?: Shape['expand'] | AsGiven<Given>
}

/** A reference to an instance here or on another service; nothing is asked for before `get()`. */
export interface Reference<Instance> extends Linked {
  /** The one-line name, where the server told it with the row that refers. */
  readonly display: string | undefined
  /** Asks for the instance, together with what others ask for in the same moment; what came with the row that refers is there already. */
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
  /**
   * PATCH, only if the instance is still as it was last seen. Throws PreconditionFailed with the current state otherwise; a function
   * is asked again for that state, `attempts` times in all, 5 unless given.
   *
   * @example
   * await pizza.update(({ price }) => ({ price: Number(price) + 1 }))
   */
  update(
    changes: Shape['changes'] | ((current: Shape['instance']) => Shape['changes'] | Promise<Shape['changes']>),
    options?: { readonly attempts?: number },
  ): Promise<void>
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
  /** Whether `next()` gives a page; nothing is asked for. */
  readonly hasNext: boolean
  /** The next page, or undefined behind the last one. */
  next(): Promise<PageOf<Instance>> | undefined
}

/** Some instances of a model, asked for page by page as they are needed. */
export interface List<Shape extends ModelShape> extends AsyncIterable<Shape['instance']> {
  /** Narrows the list; filters add up. */
  filter(filter: Shape['filter']): List<Shape>
  /** The order, in place of any earlier one: `'-price', 'shop.name'`. */
  sort(...fields: readonly Shape['sort'][]): List<Shape>
  sort<Path extends string>(...fields: readonly (Shape['sort'] | PathOf<Shape, Path> | AsGiven<Path>)[]): List<Shape>
  /** So many rows: of `for await` and `all()` in all, of `page()` on each page, which has 50 unless given and 1,000 at most. */
  limit(rows: number): List<Shape>
  /** With what is behind relations, in the same request: `'shop', { lines: { limit: 5 } }`. */
  expand<const Given extends readonly unknown[] = []>(
    ...relations: readonly (Shape['relation'] | Shape['expand'])[] | AsGiven<Given>
  ): List<WithExpanded<Shape, Given[number]>>
  /** These fields alone; its instances have no others. */
  fields<Field extends Shape['field']>(...names: readonly Field[]): List<WithFields<Shape, Field>>
  /** How many there are. */
  count(): Promise<number>
  page(): Promise<PageOf<Shape['instance']>>
  /** The first row, or undefined where there is none. */
  first(): Promise<Shape['instance'] | undefined>
  /** Everything, up to `max` rows; throws RangeError where there are more. */
  all(options: { readonly max: number }): Promise<readonly Shape['instance'][]>
  /** What the console prints. */
  toString(): string
}

/** A model of a service. Operations of the model itself are further members. */
export interface ModelMembers<Shape extends ModelShape> extends List<Shape> {
  /** The instance that has the key, or the unique set of fields; with options the part of it that they ask for. */
  get<Field extends Shape['field'] = never, const Given = never>(
    key: Shape['get'],
    options: GetOptions<Shape, Field, Given> | undefined,
  ): Promise<Selected<Shape, { readonly fields: readonly Field[]; readonly expand: Given }>['instance']>
  get(key: Shape['get']): Promise<Shape['instance']>
  create(content: Shape['create']): Promise<Shape['instance']>
}
