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
  Fields,
  FilterValue,
  Generated,
  Input,
  InputValue,
  OrNull,
  Read,
  Remote,
  Required,
  Sortable,
} from './columns.ts'
import type {
  ArraysOf,
  Both,
  Box,
  Calls,
  Computed,
  Edge,
  FieldsOf,
  KeyOf,
  ModelsOf,
  Owned,
  OwnerColumns,
  Properties,
  ReadOnly,
  Reference as Told,
  ReferencesOf,
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
  Calls<Models[Name], 'model', InstancesOf<Models>>

export interface ContractShape<Name extends keyof Models, Models> {
  readonly instance: ContractInstance<Name, Models>
  readonly data: ContractData<FieldsOf<Models[Name]>, Models[Name]>
  /** The one that has the key, or a set of unique fields. */
  readonly get:
    | OneSet<Models[Name], KeyOf<Models[Name]>>
    | Sets<Models[Name], UniqueOf<Models[Name]>>
    | ByPk<FieldsOf<Models[Name]>, KeyOf<Models[Name]>>
  readonly create: ContractCreate<`${CreateNames<Models, Models[Name]>}`, Models, Models[Name]>
  readonly changes: ContractChanges<`${ChangeNames<Models, Models[Name]>}`, Models, Models[Name]>
  readonly filter: ContractFilter<`${FilterNames<Models, Models[Name]>}`, Models, Models[Name]>
  readonly sort: {
    [Field in Sortable<FieldsOf<Models[Name]>>]: Field | `-${Field}`
  }[Sortable<FieldsOf<Models[Name]>>]
  readonly field: Shown<Models[Name]> | Properties<Models[Name]>
  readonly relation: `${RelationNames<Models, Models[Name]>}`
  readonly expand: ContractExpand<
    `${RelationNames<Models, Models[Name]>}`,
    Models,
    ReferencesOf<Models[Name]>,
    ArraysOf<Models, Models[Name]>
  >
}

/** Untyped where `to` does not say which it is. */
type ShapeAt<Name, Models> = [Name] extends [never]
  ? UntypedShape
  : Name extends keyof Models
    ? ContractShape<Name, Models>
    : never

// The first parameter of some of the types below is there for the compiler's messages, which tell what is allowed by it: as templates,
// since these are shown as what they come to.

type RelationNames<Models, Model> = ReferencesOf<Model>['name'] | ArraysOf<Models, Model>['inverse']

type FilterNames<Models, Model> = Shown<Model> | RelationNames<Models, Model>

type CreateNames<Models, Model> = Written<Model> | ReferencesOf<Model>['name'] | OwnedOf<Models, Model>['inverse']

type ChangeNames<Models, Model> =
  Changed<Model> | HeldBy<ReferencesOf<Model>, Changed<Model>>['name'] | OwnedOf<Models, Model>['inverse']

/** The data arrays whose rows are written with the row. */
type OwnedOf<Models, Model> = Extract<ArraysOf<Models, Model>, { readonly inverse: Owned<Model> }>

/** Who may not read a field does not get it. A property is what JSON makes of it. */
type ContractData<Of extends Fields, Model, Besides = never> = {
  readonly [Name in Exclude<keyof Of, Ruled<Model> | Besides>]: Read<Of, Name>
} & { readonly [Name in Exclude<keyof Of & Ruled<Model>, Besides>]?: Read<Of, Name> } & {
  readonly [Name in Exclude<Properties<Model>, Ruled<Model>>]: Computed<Model, Name>
} & { readonly [Name in Properties<Model> & Ruled<Model>]?: Computed<Model, Name> }

type ContractInstance<Name extends keyof Models, Models> = InstanceMembers<ContractShape<Name, Models>> &
  ContractData<
    FieldsOf<Models[Name]>,
    Models[Name],
    ReferencesOf<Models[Name]>['name'] | Remote<FieldsOf<Models[Name]>>
  > &
  RemoteReferences<FieldsOf<Models[Name]>> &
  ContractReferences<Models, FieldsOf<Models[Name]>, ReferencesOf<Models[Name]>> &
  ContractArrays<Models, ArraysOf<Models, Models[Name]>> &
  Calls<Models[Name], 'instance', InstancesOf<Models>>

type InstancesOf<Models> = { readonly [Name in keyof Models]: ContractInstance<Name, Models> }

type RemoteReferences<Of extends Fields> = {
  readonly [Name in Remote<Of>]: OrNull<Of[Name], Reference<UntypedInstance>>
}

type ContractReferences<Models, Of extends Fields, References extends Told> = {
  readonly [Each in References as Each['name']]: OrNull<
    Of[Each['column']],
    Reference<InstanceOf<Models, TargetOf<Models, Each>>>
  >
}

type ContractArrays<Models, Arrays extends Edge> = {
  readonly [Each in Arrays as Each['inverse']]: List<ShapeAt<Each['from'], Models>>
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

/** Columns by themselves, or the relations that they hold. */
type OneSet<Model, Names> = [Names] extends [never]
  ? never
  : {
      readonly [Name in Exclude<keyof FieldsOf<Model> & Names, ReferencesOf<Model>['column']>]: InputValue<
        FieldsOf<Model>[Name & keyof FieldsOf<Model>]
      >
    } & Either<FieldsOf<Model>, HeldBy<ReferencesOf<Model>, Names>>

type ByPk<Of extends Fields, Names, All = Names> = Names extends keyof Of
  ? [All] extends [Names]
    ? { readonly pk: InputValue<Of[Names]> }
    : never
  : never

/** The references that some of the columns hold. */
type HeldBy<References extends Told, Names> = References extends { readonly column: Names } ? References : never

/** Each of the columns, or its relation. */
type Either<Of extends Fields, References extends Told> = [References] extends [never]
  ? unknown
  : Both<
      References extends Told<infer Name extends string, infer Column extends string>
        ? Box<OneOf<{ readonly [Each in Column]: InputValue<Of[Each]> } & { readonly [Each in Name]: Linked }>>
        : never
    >

/** The columns that are written. */
type Written<Model> = Exclude<Shown<Model>, ReadOnly<Model> | Generated<FieldsOf<Model>>>

/** Those that an update changes: a row keeps its key. */
type Changed<Model> = Exclude<Written<Model>, KeyOf<Model>>

type ContractCreate<_Allowed, Models, Model> = CreateOf<Models, Model, Written<Model>, Required<FieldsOf<Model>>>

/** Of rows that are written with their owner, which goes without saying. */
type ContractOwned<Models, Model, OwnerTable> = CreateOf<
  Models,
  Model,
  Exclude<Written<Model>, OwnerColumns<Model, OwnerTable>>,
  Required<FieldsOf<Model>>
>

type CreateOf<Models, Model, Names extends string, Needed> = {
  readonly [Name in Exclude<keyof FieldsOf<Model> & Names & Needed, ReferencesOf<Model>['column']>]: Input<
    FieldsOf<Model>,
    Name
  >
} & OptionalOf<Models, Model, FieldsOf<Model>, Exclude<Names, Needed>> &
  Either<FieldsOf<Model>, HeldBy<ReferencesOf<Model>, Names & Needed>>

/** Columns, the relations that they hold, and owned rows. */
type OptionalOf<Models, Model, Of extends Fields, Names> = {
  readonly [Name in keyof Of & Names]?: Input<Of, Name>
} & {
  readonly [Each in HeldBy<ReferencesOf<Model>, Names> as Each['name']]?: OrNull<Of[Each['column']], Linked>
} & {
  readonly [Each in OwnedOf<Models, Model> as Each['inverse']]?: readonly ContractOwned<
    Models,
    Models[Each['from'] & keyof Models],
    TableName<Model>
  >[]
}

/** One object, which the compiler's messages put before the function that may stand in its place. */
type ContractChanges<_Allowed, Models, Model> = {
  readonly [Name in keyof ChangesOf<Models, Model>]: ChangesOf<Models, Model>[Name]
}

type ChangesOf<Models, Model> = OptionalOf<Models, Model, FieldsOf<Model>, Changed<Model>>

type ContractFilter<_Allowed, Models, Model> = FilterFields<FieldsOf<Model>> &
  ReferenceFilters<Models, FieldsOf<Model>, ReferencesOf<Model>> &
  ArrayFilters<Models, ArraysOf<Models, Model>> &
  FilterGroups<ContractFilter<_Allowed, Models, Model>>

type FilterFields<Of extends Fields> = { readonly [Name in keyof Of]?: FilterValue<Of[Name]> }

type ReferenceFilters<Models, Of extends Fields, References extends Told> = {
  readonly [Each in References as Each['name']]?: OrNull<
    Of[Each['column']],
    Linked | FilterOf<Models, TargetOf<Models, Each>>
  >
}

type ArrayFilters<Models, Arrays extends Edge> = {
  readonly [Each in Arrays as Each['inverse']]?: FilterOf<Models, Each['from']>
}

type FilterOf<Models, Name> = [Name] extends [never]
  ? object
  : Name extends keyof Models
    ? ContractFilter<`${FilterNames<Models, Models[Name]>}`, Models, Models[Name]>
    : never

type ContractExpand<_Allowed, Models, References extends Told, Arrays extends Edge> = {
  readonly [Each in References as Each['name']]?: true | ReferenceExpansion<ShapeAt<TargetOf<Models, Each>, Models>>
} & {
  readonly [Each in Arrays as Each['inverse']]?: true | ArrayExpansion<ShapeAt<Each['from'], Models>>
}
