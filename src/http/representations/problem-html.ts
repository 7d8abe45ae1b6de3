// Problem documents (RFC 9457) as pages for people with a browser.

import type { ProblemDocument } from '../../wire/index.ts'
import { pageHtml, valueHtml } from './html-value.ts'
import { isObject, toJsonValue } from './json-value.ts'

/**
 * A page of `text/html; charset=utf-8`: status and title as its heading, the detail, then all further members. Nothing
 * of the document becomes markup.
 *
 * @throws TypeError for extension members that JSON cannot hold, or with more than 64 levels
 * @example
 * writeProblemHtml({ title: 'Not Found', status: 404, detail: 'No such pizza.' })
 * // <!DOCTYPE html> … <h1>404 Not Found</h1><p>No such pizza.</p> …
 */
export function writeProblemHtml(document: ProblemDocument): string {
  const { title, status, detail, ...further } = document
  const words = detail === undefined ? '' : `<p>${valueHtml(toJsonValue(detail))}</p>`
  const members = toJsonValue(further)
  const list = isObject(members) && Object.keys(members).length > 0 ? valueHtml(members) : ''
  return pageHtml(`${status} ${title}`, words + list)
}
