// The `auth` app: users, groups and permissions as models, and the operation by which other services check a password.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import { Problem, type JsonSchema } from '../http/index.ts'
import { app, model, operation, type AppDefinition, type ModelDefinition } from '../server/index.ts'
import { wrongCredentials, type VerifyPassword } from './identity.ts'
import { groups, permissions, users } from './tables/sqlite.ts'

/**
 * @param verify checks a password: `localUsers(database)`.
 * @param models further models to live in the app.
 */
export function authApp(verify: VerifyPassword, models: Readonly<Record<string, ModelDefinition>> = {}): AppDefinition {
  return app('auth', {
    User: model(users, {
      display: 'name',
      exclude: ['passwordHash'],
      readOnly: ['superuser'], // or whoever may change users could make themselves one
      operations: {
        authenticate: operation.model(
          {
            POST: {
              input: credentials,
              inputSchema: credentialsSchema,
              transaction: false, // a password hash takes long, and other writes need not wait for it
              run: async ({ input }) => {
                const identity = await verify(input.name, input.password)
                if (identity === undefined) {
                  throw new Problem(403, 'The name or the password is wrong.', { code: wrongCredentials })
                }
                return identity
              },
            },
          },
          { public: true },
        ),
      },
    }),
    Group: model(groups, { display: 'name' }),
    Permission: model(permissions, { display: 'code' }),
    ...models,
  })
}

interface Credentials {
  readonly name: string
  readonly password: string
}

/** `{"name": …, "password": …}` and nothing else, as a Standard Schema without a library. */
const credentials: StandardSchemaV1<unknown, Credentials> = {
  '~standard': {
    version: 1,
    vendor: 'slumberjs',
    validate: (value) => {
      const given =
        typeof value === 'object' && value !== null
          ? new Map<string, unknown>(Object.entries(value))
          : new Map<string, unknown>()
      const [name, password] = [given.get('name'), given.get('password')]
      if (typeof name === 'string' && typeof password === 'string' && given.size === 2) {
        return { value: { name, password } }
      }
      return { issues: [{ message: 'takes exactly "name" and "password", both strings' }] }
    },
  },
}

const credentialsSchema: JsonSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, password: { type: 'string' } },
  required: ['name', 'password'],
  additionalProperties: false,
}
