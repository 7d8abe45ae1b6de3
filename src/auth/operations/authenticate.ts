// `authenticate`: whose name and password these are. Open to everybody; other services check passwords by it.

import { Problem } from '../../http/index.ts'
import { operation, type OperationDefinition } from '../../server/index.ts'
import { wrongCredentials, type VerifyPassword } from '../identity.ts'
import { anyText, exactly, objectOf } from './content.ts'

const credentials = exactly<{ readonly name: string; readonly password: string }>({ name: anyText, password: anyText })

const identity = objectOf(
  {
    name: { type: 'string' },
    superuser: { type: 'boolean' },
    permissions: { type: 'array', items: { type: 'string' } },
    groups: { type: 'array', items: { type: 'string' } },
    revision: { type: 'string' },
  },
  ['groups', 'revision'],
)

export function authenticate(verify: VerifyPassword): OperationDefinition {
  return operation.model(
    {
      POST: {
        ...credentials,
        outputSchema: identity,
        transaction: false, // a password hash takes long, and other writes need not wait for it
        run: async ({ input }) => {
          const verified = await verify(input.name, input.password)
          if (verified === undefined) throw notThisUser()
          return verified
        },
      },
    },
    { public: true },
  )
}

/** It says the same whoever it is about. */
export function notThisUser(): Problem {
  return new Problem(403, 'The name or the password is wrong.', { code: wrongCredentials })
}
