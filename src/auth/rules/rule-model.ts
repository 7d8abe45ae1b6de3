// Rules that this service publishes for others, as a model, with a resource for each model that they are about.

import { checkCaching, Problem } from '../../http/index.ts'
import { model, operation, type ModelDefinition } from '../../server/index.ts'
import type { rowRules as mysqlRules } from '../tables/row-rules-mysql.ts'
import type { rowRules as pgRules } from '../tables/row-rules-pg.ts'
import type { rowRules as sqliteRules } from '../tables/row-rules-sqlite.ts'
import { faultsOfRule } from './rule-form.ts'

/** `rowRules` of `slumberjs/sqlite`, `/pg` or `/mysql`. */
export type RuleTable = typeof mysqlRules | typeof pgRules | typeof sqliteRules

export interface RuleModelOptions {
  /** Seconds for which other services may use what they have fetched: so long a change may go unnoticed. 30 unless given. */
  readonly maxAge?: number
  /** The name of the app that it is in, by which its permissions are called; `auth` unless given. */
  readonly app?: string
}

/**
 * Row rules by service, model, action and group. Whoever may change them decides who sees what, and to read them needs the permission
 * `auth.view_rowrule`. Services fetch those of one model at `auth/RowRule/-/for/{service}/{model}`, see `remoteRules`.
 *
 * @throws TypeError for a `maxAge` that is no whole number of seconds.
 * @example
 * authApp(localUsers(database), { RowRule: ruleModel(rowRules) })
 */
export function ruleModel(table: RuleTable, { maxAge = 30, app = 'auth' }: RuleModelOptions = {}): ModelDefinition {
  checkCaching({ maxAge })
  // One of three tables that are the same but for their dialects; the compiler would have to know which.
  const rules = table as typeof sqliteRules
  return model(rules, {
    viewPermission: true,
    on: {
      beforeCreate: ({ values }) => mustBeWellFormed(values),
      beforeUpdate: ({ values }) => mustBeWellFormed(values),
    },
    operations: {
      for: operation.model(
        {
          GET: {
            permissions: [`${app}.view_rowrule`],
            caching: { visibility: 'private', maxAge },
            run: async ({ params, models }) => {
              const { service = '', model: modelName = '' } = params
              const found = await models(rules).list({ service, modelName }, { sort: 'action,group' })
              return { rules: found.map(({ action, group, filter }) => ({ action, group, filter })) }
            },
          },
        },
        { path: '/:service/:model' },
      ),
    },
  })
}

/** @throws Problem 422 with a pointer for each fault. */
function mustBeWellFormed({ service, modelName, filter }: Readonly<Record<string, unknown>>): void {
  const faults = filter === undefined ? [] : [...faultsOfRule(filter, ['filter'])]
  if (typeof service === 'string' && !/^[^/\s]+$/.test(service)) {
    faults.push({ pointer: '#/service', detail: 'must be the name of a service in the directory' })
  }
  if (typeof modelName === 'string' && !/^[^/\s.]+(?:\.[^/\s.]+)+$/.test(modelName)) {
    faults.push({ pointer: '#/modelName', detail: 'must be the full name of a model: menu.Pizza' })
  }
  if (faults.length === 0) return
  throw new Problem(422, 'The rule is not well formed.', { code: 'invalid-content', errors: faults })
}
