// `accounting`: the users of all services, listed in the directory as `auth` too, and their profiles.

import { authApp, type LocalUsers } from 'slumberjs/auth'
import { app, model, type AppDefinition } from 'slumberjs/server'
import { profiles } from '../schema/accounts.ts'

export function accountingApps(users: LocalUsers): readonly AppDefinition[] {
  const profile = { model: profiles, column: 'userId' } as const
  return [authApp(users, { profile }), app('accounts', { Profile: model(profiles, { display: 'fullName' }) })]
}
