// `ContractOf<typeof service>`: the types that `slumber types` writes, of a service in the same repository.

import type {
  ArrayExpansion,
  InstanceMembers,
  Linked,
  List,
  ModelMembers,
  OneOf,
  Reference,
  ReferenceExpansion,
  UntypedInstance,
  UntypedShape,
} from '../client/index.ts'
import type { FilterGroups } from '../wire/index.ts'
import type {
  Facts,
  FilterValue,
  Generated,
  InputValue,
  OrNull,
  ReadValue,
  Remote,
  Required,
  Sortable,
} from './columns.ts'
import type {
  ArraysOf,
  Both,
  Box,
  Calls,
  ColumnOfReference,
  Columns,
  KeyOf,
  ModelsOf,
  Owned,
  OwnerColumns,
  Properties,
  ReadOnly,
  ReferencesOf,
  RelationOfColumn,
  Ruled,
  Shown,
  TableName,
  TargetOf,
  UniqueOf,
} from './definitions.ts'

/**
 * The apps and models of a service, for `connect<{ pizzas: ContractOf<typeof pizzas> }>()`, or `connect<ContractOf<typeof service>>()`
 * of one that stands alone. Columns are known by Drizzle's types; of the rest the types know what `model()` was told: references with
 * `name`, `inverse` and `to`, sets that are `unique`, a `key` of several columns. Rows of other services are untyped: services that
 * refer to each other use the file that `slumber types` writes.
 */
export type ContractOf<Of> = Of extends { readonly apps?: infer Apps }
  ? Apps extends readonly (infer App)[]
    ? AppsOf<ModelsOf<App>, App>
    : never
  : never

/** Apps by their dotted names, one inside the other. */
type AppsOf<Models, App> = Both<
  App extends { readonly name: infer Name extends string; readonly models: infer Own }
    ? Box<
        Nested<
          Name,
          { readonly [Model in keyof Own & string]: ContractModel<Models, `${Name}.${Model}` & keyof Models> }
        >
      >
    : never
>

type Nested<Name extends string, Inside> = Name extends `${infer Head}.${infer Rest}`
  ? { readonly [Each in Head]: Nested<Rest, Inside> }
  : { readonly [Each in Name]: Inside }

type ContractModel<Models, Name extends keyof Models> = ModelMembers<ContractShape<Name, Models>> &
  Calls<Models[Name], 'model'>

/* oxlint-disable typescript/no-unnecessary-template-expression -- the compiler's messages show templates as the names they come to */
export interface ContractShape<Name extends keyof Models, Models> {
  readonly instance: ContractInstance<Name, Models>
  readonly data: ContractData<Models[Name]>
  /** The one that has the key, or a set of unique fields. */
  readonly get:
    | OneSet<Models[Name], KeyOf<Models[Name]>>
    | Sets<Models[Name], UniqueOf<Models[Name]>>
    | ByPk<Models[Name], KeyOf<Models[Name]>>
  readonly create: ContractCreate<`${CreateNames<Models, Models[Name]>}`, Models, Models[Name]>
  readonly filter: ContractFilter<`${FilterNames<Models, Models[Name]>}`, Models, Models[Name]>
  readonly sort: `${'' | '-'}${Sortable<Columns<Models[Name]>, Shown<Models[Name]>> & string}`
  readonly field: Shown<Models[Name]> | Properties<Models[Name]>
  readonly relation: `${RelationNames<Models, Models[Name]>}`
  readonly expand: ContractExpand<`${RelationNames<Models, Models[Name]>}`, Models, Models[Name]>
}
/* oxlint-enable typescript/no-unnecessary-template-expression */

/** Untyped where `to` does not say which it is. */
type ShapeAt<Name, Models> = [Name] extends [never]
  ? UntypedShape
  : Name extends keyof Models
    ? ContractShape<Name, Models>
    : never

// The first parameter of some of the types below is there for the compiler's messages, which tell what is allowed by it: as templates,
// since these are shown as what they come to.

type RelationNames<Models, Model> = (keyof ReferencesOf<Model> | keyof ArraysOf<Models, Model>) & string

type FilterNames<Models, Model> = Shown<Model> | RelationNames<Models, Model>

type CreateNames<Models, Model> = (
  Written<Model, never> | keyof ReferencesOf<Model> | (Owned<Model> & keyof ArraysOf<Models, Model>)
) &
  string

/** A property is what JSON makes of it. */
type Read<Model, Name> =
  Name extends Properties<Model> ? unknown : OrNull<Facts<Columns<Model>, Name>, ReadValue<Facts<Columns<Model>, Name>>>

type ContractData<Model> = {
  readonly [Name in Exclude<Shown<Model> | Properties<Model>, Ruled<Model>>]: Read<Model, Name>
} & { readonly [Name in Ruled<Model> & string]?: Read<Model, Name> }

type ContractInstance<Name extends keyof Models, Models> = InstanceMembers<ContractShape<Name, Models>> &
  Omit<
    ContractData<Models[Name]>,
    keyof ReferencesOf<Models[Name]> | Remote<Columns<Models[Name]>, Shown<Models[Name]>>
  > & {
    readonly [Each in Remote<Columns<Models[Name]>, Shown<Models[Name]>> & string]: OrNull<
      Facts<Columns<Models[Name]>, Each>,
      Reference<UntypedInstance>
    >
  } & ContractReferences<Models, Models[Name], ReferencesOf<Models[Name]>> & {
    readonly [Array in keyof ArraysOf<Models, Models[Name]>]: List<
      ShapeAt<ArraysOf<Models, Models[Name]>[Array], Models>
    >
  } & Calls<Models[Name], 'instance'>

type ContractReferences<Models, Model, References> = {
  readonly [Name in keyof References]: OrNull<
    Facts<Columns<Model>, ColumnOfReference<References, Name>>,
    Reference<InstanceOf<Models, TargetOf<Models, References, Name>>>
  >
}

type InstanceOf<Models, Name> = [Name] extends [never]
  ? UntypedInstance
  : Name extends keyof Models
    ? ContractInstance<Name, Models>
    : never

type Sets<Model, Given> = Given extends readonly (infer Names)[]
  ? OneSet<Model, Names>
  : Given extends string
    ? OneSet<Model, Given>
    : never

type OneSet<Model, Names> = [Names] extends [never]
  ? never
  : {
      readonly [Name in Exclude<Names & string, keyof RelationOfColumn<Model>>]: InputValue<Facts<Columns<Model>, Name>>
    } & Either<Model, Names & keyof RelationOfColumn<Model>>

type ByPk<Model, Names, All = Names> = Names extends string
  ? [All] extends [Names]
    ? { readonly pk: InputValue<Facts<Columns<Model>, Names>> }
    : never
  : never

/** Each of the columns, or its relation. */
type Either<Model, Names> = [Names] extends [never]
  ? unknown
  : Both<
      Names extends keyof RelationOfColumn<Model> & string
        ? Box<EitherOf<Names, InputValue<Facts<Columns<Model>, Names>>, RelationOfColumn<Model>[Names] & string>>
        : never
    >

type EitherOf<Column extends string, Value, Relation extends string> = OneOf<
  { readonly [Name in Column]: Value } & { readonly [Name in Relation]: Linked }
>

/** The columns that are written, besides those of an owner. */
type Written<Model, Besides> = Exclude<
  Shown<Model>,
  ReadOnly<Model> | Generated<Columns<Model>, Shown<Model>> | Besides
>

type ContractCreate<_Allowed, Models, Model> = CreateOf<
  Models,
  Model,
  Written<Model, never>,
  Required<Columns<Model>, Shown<Model>>
>

/** Of rows that are written with their owner, which goes without saying, as their key may. */
type ContractOwned<Models, Model, OwnerTable> = CreateOf<
  Models,
  Model,
  Written<Model, OwnerColumns<Model, OwnerTable>>,
  Exclude<Required<Columns<Model>, Shown<Model>>, KeyOf<Model>>
>

type CreateOf<Models, Model, Names extends string, Needed> = {
  readonly [Name in Exclude<Names & Needed, keyof RelationOfColumn<Model>>]: Input<Model, Name>
} & {
  readonly [Name in Exclude<Names, Needed>]?: Input<Model, Name>
} & {
  readonly [
    Name in Exclude<Names, Needed> & keyof RelationOfColumn<Model> as RelationOfColumn<Model>[Name] & string
  ]?: OrNull<Facts<Columns<Model>, Name>, Linked>
} & {
  readonly [Array in Owned<Model> & keyof ArraysOf<Models, Model>]?: readonly ContractOwned<
    Models,
    Models[ArraysOf<Models, Model>[Array] & keyof Models],
    TableName<Model>
  >[]
} & Either<Model, Names & Needed & keyof RelationOfColumn<Model>>

type Input<Model, Name> = OrNull<Facts<Columns<Model>, Name>, InputValue<Facts<Columns<Model>, Name>>>

type ContractFilter<_Allowed, Models, Model> = {
  readonly [Name in Shown<Model>]?: FilterValue<Facts<Columns<Model>, Name>>
} & ReferenceFilters<Models, Model, ReferencesOf<Model>> & {
    readonly [Array in keyof ArraysOf<Models, Model>]?: FilterOf<Models, ArraysOf<Models, Model>[Array]>
  } & FilterGroups<ContractFilter<_Allowed, Models, Model>>

type ReferenceFilters<Models, Model, References> = {
  readonly [Name in keyof References]?: OrNull<
    Facts<Columns<Model>, ColumnOfReference<References, Name>>,
    Linked | FilterOf<Models, TargetOf<Models, References, Name>>
  >
}

type FilterOf<Models, Name> = [Name] extends [never]
  ? object
  : Name extends keyof Models
    ? ContractFilter<`${FilterNames<Models, Models[Name]>}`, Models, Models[Name]>
    : never

type ContractExpand<_Allowed, Models, Model> = {
  readonly [Name in keyof ReferencesOf<Model>]?:
    true | ReferenceExpansion<ShapeAt<TargetOf<Models, ReferencesOf<Model>, Name>, Models>>
} & {
  readonly [Array in keyof ArraysOf<Models, Model>]?:
    true | ArrayExpansion<ShapeAt<ArraysOf<Models, Model>[Array], Models>>
}
