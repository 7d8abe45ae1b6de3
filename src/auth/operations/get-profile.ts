// `get-profile`: leads to the row in which a program keeps what else it knows of a user.

import type { Table } from 'drizzle-orm'
import { Problem, SEE_OTHER } from '../../http/index.ts'
import { operation, type ColumnOf, type ModelDefinition, type OperationDefinition } from '../../server/index.ts'
import type { User } from '../tables/auth-tables.ts'

type Source = ModelDefinition['table']

/** A model of the same service, and its column with the key of the user. */
export interface Profile<T extends Source = Source> {
  readonly model: T
  readonly column: ColumnOf<T>
}

export function getProfile(profile: Profile<never> | undefined): OperationDefinition<User> {
  return operation.instance({
    GET: {
      run: async ({ instance, models }) => {
        if (profile === undefined) throw noProfile('Users have no profiles here.')
        const model = models(profile.model as Table)
        const row = await model.find({ [profile.column]: instance.id })
        if (row === undefined) throw noProfile('This user has no profile.')
        return SEE_OTHER(undefined, { location: model.url(row) })
      },
    },
  })
}

function noProfile(detail: string): Problem {
  return new Problem(404, detail, { code: 'no-profile' })
}
