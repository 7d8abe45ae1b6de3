// What the types of an operation say for `ContractOf`: where it is, and what each method takes and gives.

import type { PathParams, QueryDeclarations, QueryValues } from '../../http/index.ts'

/** Where an operation is, as it was written. */
export interface PlacedAt<Mount extends string, Path extends string> {
  readonly path?: Path
  readonly mount?: Mount
}

/** What `ContractOf` makes a call of; `undefined` where a method has no schema, or is not there. */
export interface SchemasOf<
  Of,
  Path extends string,
  Get,
  GetOutput,
  Post,
  PostOutput,
  Put,
  PutOutput,
  Patch,
  PatchOutput,
  Delete,
  DeleteOutput,
  Declared extends QueryDeclarations,
> {
  readonly of: Of
  /** With the mount before it. */
  readonly path: PathParams<Path>
  readonly query: QueryValues<Declared>
  readonly input: {
    readonly GET: Get
    readonly POST: Post
    readonly PUT: Put
    readonly PATCH: Patch
    readonly DELETE: Delete
  }
  readonly output: {
    readonly GET: GetOutput
    readonly POST: PostOutput
    readonly PUT: PutOutput
    readonly PATCH: PatchOutput
    readonly DELETE: DeleteOutput
  }
}
