// Row rules that the auth service publishes, as rules of this service's models: fetched, kept as HTTP says, and asked about again.

import { Problem } from '../../http/index.ts'
import {
  connect,
  httpCache,
  SlumberError,
  type Cache,
  type Credentials,
  type Reply,
  type Transport,
} from '../../client/index.ts'
import type { AskedRule, RulesFrom } from '../../server/index.ts'
import { Addresses } from '../../wire/index.ts'
import { ruleFor, type PublishedRule } from './filter-for.ts'
import { isObject } from './rule-form.ts'

export interface RemoteRulesOptions {
  /** Every service by name; `auth` is the one that publishes the rules. */
  readonly directory: Readonly<Record<string, string>>
  /** The name of this service, as the rules have it. */
  readonly service: string
  /** This service's own credentials, for itself and never for a user: what is fetched is for all of them. */
  readonly authenticate: Credentials
  /**
   * While the auth service gives no rules, and those that are kept are no longer fresh: `'refuse'` (503) unless given, or for reads the
   * rules there were, for so many seconds more. Writes are refused in any case.
   */
  readonly whileDown?: 'refuse' | { readonly staleFor: number }
  /** `httpCache()` unless given. */
  readonly cache?: Cache
  /** The auth app's path below the auth service. */
  readonly app?: string
  /** Milliseconds to wait for the auth service; 5,000 unless given. */
  readonly timeout?: number
  readonly transport?: Transport
}

/**
 * The rule for a caller is that of one of their groups, any of them; where none has a rule for the action, no row is theirs.
 *
 * @throws TypeError where the directory lists no service `auth`. The returned function throws Problem 503 where the rules cannot be had.
 * @example
 * model(pizzas, { rulesFrom: remoteRules({ directory, service: 'pizzas', authenticate: signing({ … }) }) })
 */
export function remoteRules(options: RemoteRulesOptions): RulesFrom {
  const { directory, service, authenticate, whileDown = 'refuse', cache = httpCache(), app = 'auth' } = options
  const { timeout = 5_000, transport } = options
  const staleFor = whileDown === 'refuse' ? 0 : whileDown.staleFor
  if (!Number.isInteger(staleFor) || staleFor < 0) {
    throw new TypeError("remoteRules({ whileDown }) takes 'refuse' or { staleFor }, in whole seconds.")
  }
  const base = authServiceIn(directory)
  const client = connect({ service: base, authenticate, cache, timeout, transport })
  const read = reader()

  /** Also what is no longer fresh, where nothing better is to be had. */
  const stale = async (url: string): Promise<Reply | undefined> => {
    const headers = { 'cache-control': `only-if-cached, max-stale=${staleFor}` }
    return await client.get(url, { headers, accept }).catch(() => undefined)
  }

  const fetchRules = async (url: string, { action }: AskedRule): Promise<Reply> => {
    try {
      return await client.get(url, { accept })
    } catch (cause) {
      if (!(cause instanceof SlumberError)) throw cause
      const kept = action === 'read' && staleFor > 0 ? await stale(url) : undefined
      if (kept === undefined) throw unavailable(cause)
      return kept
    }
  }

  return async (user, asked) => {
    const path = [service, asked.model].map(encodeURIComponent).join('/')
    const rules = read(await fetchRules(`${base}${app}/RowRule/-/for/${path}`, asked))
    return ruleFor(rules, user, asked.action)
  }
}

const accept = 'application/json'

function authServiceIn(directory: Readonly<Record<string, string>>): string {
  const base = new Addresses(directory).services.get('auth')
  if (base !== undefined) return base
  const listed = Object.keys(directory).join(', ') || 'none'
  throw new TypeError(`The directory lists no service "auth" to have rules from; it lists: ${listed}.`)
}

/** What was published, as long as it is the same content. */
function reader(): (reply: Reply) => readonly PublishedRule[] {
  const known = new Map<string, { readonly text: string; readonly rules: readonly PublishedRule[] }>()
  return ({ request: { url }, text, content }) => {
    const before = known.get(url)
    if (before?.text === text) return before.rules
    if (!isObject(content) || !Array.isArray(content['rules']) || !content['rules'].every(isRule)) {
      throw unavailable(new TypeError(`${url} gave no rules.`))
    }
    known.set(url, { text, rules: content['rules'] })
    return content['rules']
  }
}

function isRule(value: unknown): value is PublishedRule {
  return isObject(value) && typeof value['action'] === 'string' && typeof value['group'] === 'string'
}

function unavailable(cause: unknown): Problem {
  const detail = 'The rules for these rows cannot be had now.'
  return new Problem(503, detail, { code: 'rules-unavailable', headers: { 'retry-after': '2' }, cause })
}
