// The requests behind those ids of attack-cases.json ("Model access", "Resource exhaustion", "Prototype pollution and
// parsing") whose answer the database has a part in. The caller is a clerk, from whom things are hidden (attacks.test.ts).
import type { Asked } from '../fixture.ts'

export interface Attack {
  readonly id: string
  readonly what: string
  readonly method: string
  readonly path: string
  readonly asked?: Asked
  readonly status: readonly number[]
  /** What the refusal speaks of, where another one would have the same status. */
  readonly says?: string
}

const json = (value: unknown, type = 'application/json'): Asked => ({
  body: JSON.stringify(value),
  headers: { 'content-type': type },
})
const jsonPatch = (...operations: readonly object[]): Asked => json(operations, 'application/json-patch+json')

const get = (id: string, path: string, status: readonly number[] = [400]): Attack => ({
  id,
  what: decodeURIComponent(path).slice(0, 80),
  method: 'GET',
  path,
  status,
})

/** Refused for what it would cost, which the answer names: nothing of it is unknown. */
const costly = (path: string, says: string): Attack => ({ ...get('A060', path), says })

const patched = (what: string, ...operations: readonly object[]): Attack => ({
  id: 'A043',
  what,
  method: 'PATCH',
  path: '/menu/Pizza/1',
  asked: jsonPatch(...operations),
  status: [400, 403, 409, 422],
})

const repeated = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join('&')

const encoded = (text: string): string => encodeURIComponent(text)

/** More than fifty different filters that each make sense. */
const filterNames = ['id', 'whole', 'real', 'decimal', 'huge', 'word', 'size'].flatMap((name) =>
  ['', '__ne', '__in', '__nin', '__lt', '__lte', '__gt', '__gte'].map((operator) => name + operator),
)

export const attacks: readonly Attack[] = [
  patched('replace of a hidden column', { op: 'replace', path: '/recipe', value: 'x' }),
  patched('replace of a column that this caller may not read', { op: 'replace', path: '/maxExtraToppings', value: 1 }),
  patched('test of a hidden column with its value', { op: 'test', path: '/recipe', value: 'secret-dough' }),
  patched('test of a hidden column with another', { op: 'test', path: '/recipe', value: 'x' }),
  patched('copy of a hidden column to a visible one', { op: 'copy', from: '/recipe', path: '/name' }),
  patched('move of a hidden column', { op: 'move', from: '/maxExtraToppings', path: '/name' }),
  patched('add below __proto__', { op: 'add', path: '/__proto__/x', value: 1 }),
  patched('add below constructor', { op: 'add', path: '/constructor/prototype/x', value: 1 }),
  patched('add of a member of another row', { op: 'add', path: '/exclusiveTo/owner', value: 'clerk' }),
  patched('test of what a prototype has', { op: 'test', path: '/constructor/name', value: 'Object' }),
  patched('change of the key', { op: 'replace', path: '/id', value: 2 }),

  get('A046', '/menu/Pizza?exclusiveTo.owner__contains=l'),
  get('A046', '/menu/Price?pizza.recipe__startswith=s'),
  get('A046', '/menu/Price?pizza.maxExtraToppings__gt=1'),
  get('A046', '/menu/Price?sizes.amount__gt=1'),
  get('A046', `/menu/Price?where=${encoded('{"pizza":{"recipe":"secret-dough"}}')}`),
  get('A046', '/menu/Pizza?expand=exclusiveTo.owner'),
  get('A046', '/menu/Pizza?expand=prices&with.prices.pizza.recipe=x'),
  get('A046', '/menu/Price?sort=pizza.maxExtraToppings'),

  ...[
    'json.a',
    'json.secret__eq',
    't1.word',
    '"word"',
    'sample.word',
    'word"',
    "word' or '1'='1",
    '1;--',
    'word/**/',
  ].map((name) => get('A047', `/menu/Sample?${encoded(name)}=x`)),
  ...['json.a', 't1.word', '"word"', 'word desc', 'word;', 'random()', 'coalesce(id)', '1', '-', '--word'].map((name) =>
    get('A047', `/menu/Sample?sort=${encoded(name)}`),
  ),

  ...['where[word]', 'lookup', 'include', '_q', 'filter', 'filter[word]', 'populate', '$where', 'limit[]'].map((name) =>
    get('A048', `/menu/Sample?${encoded(name)}=x`),
  ),
  get('A048', '/menu/Sample?limit=1&limit=2'),
  get('A048', '/menu/Sample?sort=word&sort=id'),
  get('A048', '/menu/Sample/1?word=Apple'),

  ...['word__regex', 'word__raw', 'word__like', 'word__search', 'word__', '__word', 'word__eq__ne', 'flag__gt'].map(
    (name) => get('A049', `/menu/Sample?${name}=true`),
  ),
  ...[
    { word: { $ne: 'x' } },
    { word: { ne: { ne: 'x' } } },
    { word: ['Apple'] },
    { word: { eq: ['Apple', 'x'] } },
    { word: { in: 'Apple', or: [] } },
    { $where: 'true' },
    { $or: [{ id: 1 }] },
    { or: { id: 1 } },
    { whole: { gt: '1 or 1=1' } },
    { whole: '1' },
    { not: [] },
    { __proto__: null, constructor: { prototype: 1 } },
    [],
    'true',
  ].map((where) => get('A049', `/menu/Sample?where=${encoded(JSON.stringify(where))}`)),
  get('A049', `/menu/Sample?where=${encoded('{"__proto__":{"id":1}}')}`),
  get('A049', '/menu/Sample?whole=1&whole=2'),
  get('A049', '/menu/Sample?huge=9223372036854775808'),
  get('A049', '/menu/Sample?at=2026-02-30T00:00:00Z'),
  get('A049', '/menu/Sample?word=a%00b'),

  ...['DELETE', 'PATCH'].map((method): Attack => ({
    id: 'A056',
    what: `${method} of a whole collection`,
    method,
    path: '/menu/Pizza',
    ...(method === 'PATCH' ? { asked: json([{ id: 1, name: 'x' }]) } : {}),
    status: [405],
  })),
  { id: 'A056', what: 'DELETE of all rows of a bulk model', method: 'DELETE', path: '/menu/Bulk', status: [400, 428] },
  {
    id: 'A056',
    what: 'DELETE of a bulk model with parameters that are no filter',
    method: 'DELETE',
    path: '/menu/Bulk?limit=1000',
    status: [400, 428],
  },
  ...[
    {},
    { and: [] },
    { or: [{}] },
    { or: [{ code: 'x' }, { and: [] }] },
    { not: { or: [] } },
    { not: { not: {} } },
    { code: { nin: [] } },
    { not: { code: { in: [] } } },
  ].map((where): Attack => ({
    id: 'A056',
    what: `DELETE of a bulk model where ${JSON.stringify(where)}, which holds for every row`,
    method: 'DELETE',
    path: `/menu/Bulk?where=${encoded(JSON.stringify(where))}`,
    status: [400],
    says: 'which rows are to be deleted',
  })),

  ...['slumber_shared', 'SizePrice', 'size_price', 'sqlite_master', 'pg_catalog', 'information_schema', 'sample'].map(
    (name) => get('A057', `/menu/${name}`, [404]),
  ),

  costly(`/menu/Pizza?expand=${'exclusiveTo.pizzas.'.repeat(20)}exclusiveTo`, 'more than 3 relations'),
  costly(`/menu/Pizza?expand=${Array.from({ length: 50 }, () => 'prices').join(',')}`, 'at most 8 relations'),
  costly(`/menu/Pizza?${'exclusiveTo.pizzas.'.repeat(20)}id=1`, 'more than 3 relations'),
  costly(`/menu/Sample?${filterNames.map((name) => `${name}=1`).join('&')}`, 'At most 50 filters'),
  costly(`/menu/Sample?${repeated(501, () => 'id__in=1')}`, 'at most 500 values'),
  {
    ...get('A060', `/menu/Sample?${repeated(10_000, (index) => `id__in=${index}`)}`, [414]),
    what: '10,000 in the URL',
  },
  {
    id: 'A060',
    what: '10,000 in the content',
    method: 'QUERY',
    path: '/menu/Sample',
    asked: json({ id: { in: Array.from({ length: 10_000 }, (_, index) => index) } }),
    status: [422],
    says: 'at most 500 values',
  },
  costly(`/menu/Sample?sort=${Array.from({ length: 100 }, () => 'id').join(',')}`, 'at most 8 fields'),
  costly('/menu/Sample?sort=id,whole,real,decimal,huge,flag,word,size,at', 'at most 8 fields'),
  costly(`/menu/Sample?where=${encoded(`${'{"not":'.repeat(60)}{"id":1}${'}'.repeat(60)}`)}`, 'deeper than 10 levels'),
  costly(
    `/menu/Sample?where=${encoded(JSON.stringify({ or: Array.from({ length: 101 }, () => ({ id: 1 })) }))}`,
    'more than the 100',
  ),
  costly('/menu/Sample?limit=1001', 'from 1 to 1000'),
  costly('/menu/Sample?limit=-1', 'from 1 to 1000'),
  costly('/menu/Sample?offset=1000000000', 'from 0 to 10000'),

  get('A070', '/menu/Sample?id[ne]=1&id=2'),
  get('A070', '/menu/Sample?id[]=1'),
  get('A070', '/menu/Sample?id[1000000000]=1'),
  get('A070', `/menu/Sample?${repeated(600, (index) => `a${index}=1`)}`, [400, 414]),
  get('A070', '/menu/Sample?__proto__=1'),
  get('A070', '/menu/Sample?constructor.prototype.x=1'),
  get('A070', '/menu/Sample?fields=__proto__'),
  get('A070', '/menu/Sample?sort=toString'),
  get('A070', '/menu/Sample?expand=hasOwnProperty'),
]
