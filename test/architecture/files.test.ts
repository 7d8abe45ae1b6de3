// What every file of src/ looks like from outside: its name, its first words, its length.
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { readSource, sourceFiles } from './modules.ts'

/** A file longer than this says why in its header, with the words below. */
const LONGEST = 300
const EXCUSE = 'Long because'

/** Drawers that would be allowed to grow: a helper lives beside its only user or in wire/. */
const DRAWERS = ['utils', 'util', 'helpers', 'helper', 'common', 'types', 'misc']

/** The comment a file opens with, below a `#!` line; empty where there is none. */
const headerOf = (source: string): string => {
  const lines = source.split('\n')
  const first = lines[0]?.startsWith('#!') ? 1 : 0
  if (lines[first]?.startsWith('/*')) return source.slice(source.indexOf('/*'), source.indexOf('*/'))
  const end = lines.findIndex((line, index) => index >= first && !line.startsWith('//'))
  return lines.slice(first, end === -1 ? undefined : end).join('\n')
}

const lineCount = (source: string): number => source.trimEnd().split('\n').length

const isKebabCase = (path: string): boolean =>
  /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(path)

const isDrawer = (path: string): boolean =>
  path.split('/').some((part) => DRAWERS.includes(basename(part, '.ts').toLowerCase()))

test('every file opens with a comment that says what it is', () => {
  expect(sourceFiles().filter((file) => headerOf(readSource(file)).length < 10)).toEqual([])
})

test(`no file has more than ${LONGEST} lines without saying why`, () => {
  const long = sourceFiles().filter((file) => {
    const source = readSource(file)
    return lineCount(source) > LONGEST && !headerOf(source).includes(EXCUSE)
  })
  expect(long).toEqual([])
})

test('files and folders are named in kebab-case', () => {
  expect(sourceFiles().filter((file) => !isKebabCase(file))).toEqual([])
})

test('there are no drawers: utils, helpers, common, types', () => {
  expect(sourceFiles().filter(isDrawer)).toEqual([])
})

test('the checks themselves see what they are for', () => {
  expect(headerOf('#!/usr/bin/env node\n// The command.\nrun()\n')).toBe('// The command.')
  expect(headerOf('/** One\n * two. */\nexport {}\n')).toContain('two.')
  expect(headerOf(`export const a = 1 // ${EXCUSE} of nothing\n`)).toBe('')
  expect(lineCount('a\nb\n')).toBe(2)
  expect(['http/entity-tag.ts', 'httpDate.ts', 'http/Handler.ts', 'http_x/a.ts'].map(isKebabCase)).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(['wire/types.ts', 'server/utils/sql.ts', 'wire/media-type.ts'].map(isDrawer)).toEqual([true, true, false])
})
