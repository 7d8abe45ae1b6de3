// `accounting`: the users of all services, listed in the directory as `auth` too, and their profiles.

import { authApp, type VerifyPassword } from 'slumberjs/auth'
import { app, model, type AppDefinition } from 'slumberjs/server'
import { profiles } from '../schema/accounts.ts'

export function accountingApps(verify: VerifyPassword): readonly AppDefinition[] {
  return [authApp(verify), app('accounts', { Profile: model(profiles, { display: 'fullName' }) })]
}
