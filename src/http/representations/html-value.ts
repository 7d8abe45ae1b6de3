// Values and links as HTML: lists of members, tables and anchors, without classes, styles or scripts.

import type { HalLinks } from './hypermedia.ts'
import { allowed, escapeAttribute, escapeText } from './escape-markup.ts'
import { isObject, type JsonObject, type JsonValue } from './json-value.ts'

/**
 * One value: an object as a list of its members, a list of objects as a table, null as nothing. Text that is an
 * absolute `http:` or `https:` URL can be followed.
 */
export function valueHtml(value: JsonValue): string {
  if (value === null) return ''
  if (typeof value === 'string') return textHtml(value)
  if (typeof value !== 'object') return String(value)
  if (isObject(value)) return membersHtml(value)
  if (value.length > 0 && value.every(isObject)) return tableHtml(value)
  return listHtml(value.map(valueHtml))
}

/** A row for each object, a column for each member that one of them has; `lastCells` are for what stands beside. */
export function tableHtml(rows: readonly JsonObject[], lastCells?: readonly string[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const head = columns.map((name) => `<th scope="col">${escapeText(name)}</th>`).join('')
  const body = rows.map((row, index) => {
    const cells = columns.map((name) => `<td>${valueHtml(Object.hasOwn(row, name) ? (row[name] ?? null) : null)}</td>`)
    const last = lastCells === undefined ? '' : `<td>${lastCells[index] ?? ''}</td>`
    return `<tr>${cells.join('')}${last}</tr>`
  })
  const lastHead = lastCells === undefined ? '' : '<th></th>'
  return `<table><thead><tr>${head}${lastHead}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

/** Links by relation and title; one that is a template, or leads to anything but a web address, is shown as text. */
export function linksHtml(links: HalLinks, base: URL): string {
  const entries = Object.entries(links).map(([rel, { href, title, templated }]) => {
    const words = escapeText(title === undefined ? rel : `${rel}: ${title}`)
    if (templated === true || !isWebAddress(href, base)) return `${words} <code>${escapeText(href)}</code>`
    return `<a rel="${escapeAttribute(rel)}" href="${escapeAttribute(href)}">${words}</a>`
  })
  return entries.length === 0 ? '' : `<nav>${listHtml(entries)}</nav>`
}

/** A whole document. It is well-formed XML as well, which makes it easy to be sure of. */
export function pageHtml(title: string, body: string): string {
  const [before, after] = pageFrame(title)
  return before + body + after
}

/** What stands before and after the body of a page. */
export function pageFrame(title: string): readonly [before: string, after: string] {
  const words = escapeText(title)
  const head = `<meta charset="utf-8"/><meta name="viewport" content="width=device-width"/><title>${words}</title>`
  return [`<!DOCTYPE html>\n<html><head>${head}</head><body><h1>${words}</h1>`, '</body></html>\n']
}

function membersHtml(value: JsonObject): string {
  const members = Object.entries(value).map(
    ([name, inner]) => `<dt>${escapeText(name)}</dt><dd>${valueHtml(inner)}</dd>`,
  )
  return `<dl>${members.join('')}</dl>`
}

function listHtml(entries: readonly string[]): string {
  return `<ul>${entries.map((entry) => `<li>${entry}</li>`).join('')}</ul>`
}

function textHtml(text: string): string {
  // The scheme is looked at first: most texts are no URLs, and a relative one cannot be told from a word.
  if (!/^https?:\/\//i.test(text) || !isWebAddress(text)) return escapeText(text)
  return `<a href="${escapeAttribute(text)}">${escapeText(text)}</a>`
}

/** Asked of the URL that a browser would make of what is written: no blank or control character hides a scheme. */
function isWebAddress(href: string, base?: URL): boolean {
  if (allowed(href) !== href || !URL.canParse(href, base)) return false
  const { protocol } = new URL(href, base)
  return protocol === 'http:' || protocol === 'https:'
}
