// What a test gives of each model by the names that the client has, typed by the services that `slumber types` wrote.

import type { InstanceMembers, ModelMembers, ModelShape, PageOf } from '../client/index.ts'
import type { Awaitable, Page } from '../http/index.ts'
import type { OperationContext } from '../server/index.ts'

/** Services without generated types: anything is a name. */
export interface Tree<Leaf> {
  readonly [name: string]: Tree<Leaf> | Leaf
}

type AnyRow = Readonly<Record<string, unknown>>

/** A row by its fields, computed ones included, in the program's types; a reference to another service is a URL, `slumber:` ones too. */
export type RowOf<Data> = Partial<Data>

/** `{ pizzas: { menu: { Pizza: [{ id: 1, name: 'Margherita' }] } } }` */
export type RowsOf<Node> = string extends keyof Node
  ? Tree<readonly AnyRow[]>
  : Node extends { get(key: never): Promise<{ readonly data: infer Data }> }
    ? readonly RowOf<Data>[]
    : { readonly [Name in keyof Node]?: RowsOf<Node[Name]> }

/** The field that instances are called by: `{ pizzas: { menu: { Pizza: 'name' } } }`. */
export type DisplayOf<Node> = string extends keyof Node
  ? Tree<string>
  : Node extends { get(key: never): Promise<{ readonly data: infer Data }> }
    ? keyof Data & string
    : { readonly [Name in keyof Node]?: DisplayOf<Node[Name]> }

/** What operations do: `{ pizzas: { menu: { Pizza: { placeOrder: (input, { instance }) => … } } } }`. */
export type OperationsOf<Node> = string extends keyof Node
  ? Tree<(input: never, context: OperationContext<AnyRow, unknown>) => unknown>
  : Node extends { get(key: never): Promise<infer Instance> }
    ? Handlers<Omit<Node, keyof ModelMembers<ModelShape>>, undefined> &
        Handlers<Omit<Instance, keyof InstanceMembers<ModelShape>>, DataOf<Instance>>
    : { readonly [Name in keyof Node]?: OperationsOf<Node[Name]> }

type DataOf<Instance> = Instance extends { readonly data: infer Data } ? Data : never

type Handlers<Members, Row> = {
  readonly [Name in keyof Members as Members[Name] extends Call ? Name : never]?: Handler<Members[Name], Row>
}

type Call = (input: never) => Promise<unknown>

type Handler<Member, Row> = Member extends (input: infer Input) => Promise<infer Output>
  ? (input: Input, context: OperationContext<Row, unknown>) => Awaitable<Answered<Output>>
  : never

/** An instance is given as a row with its key, a page as `context.page(…)` gives it. */
type Answered<Output> =
  Output extends PageOf<unknown> ? Page : Output extends InstanceMembers<ModelShape> ? RowOf<Output['data']> : Output
