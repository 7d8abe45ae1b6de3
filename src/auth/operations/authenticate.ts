// `authenticate`: whose name and password these are. Open to everybody; other services check passwords by it.

import { Problem } from '../../http/index.ts'
import { operation, type OperationDefinition } from '../../server/index.ts'
import { wrongCredentials, type VerifyPassword } from '../identity.ts'
import { anyText, exactly } from './content.ts'

const credentials = exactly<{ readonly name: string; readonly password: string }>({ name: anyText, password: anyText })

export function authenticate(verify: VerifyPassword): OperationDefinition {
  return operation.model(
    {
      POST: {
        ...credentials,
        transaction: false, // a password hash takes long, and other writes need not wait for it
        run: async ({ input }) => {
          const identity = await verify(input.name, input.password)
          if (identity === undefined) throw notThisUser()
          return identity
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
