// A resource that serves the OpenAPI document of the router it is mounted in.

import { hashText } from '../../wire/index.ts'
import type { Answer } from '../answer.ts'
import { openApi, type OpenApiInfo } from './openapi.ts'
import { json, type Representation } from '../representations/representation.ts'
import { resource, type PathClass } from '../routing/resource-at.ts'
import type { Router } from '../routing/router.ts'
import { OK } from '../status-constants.ts'

/** The name that tools look for; `application/openapi+json` is still a draft (draft-ietf-httpapi-rest-api-mediatypes). */
export const openApiMediaType = 'application/vnd.oai.openapi+json;version=3.1'

const openApiJson: Representation = { ...json, name: 'openapi', mediaType: openApiMediaType }

/**
 * Serves the document, as `application/json` unless its own media type is asked for. It is made once, at the first request, and
 * has an entity tag.
 *
 * @param routerOf is asked then: the router does not exist yet when the class is made.
 * @example
 * const app: Router = router([Post, openApiResource('/openapi.json', { title: 'Blog', version: '1.0.0' }, () => app)])
 */
export function openApiResource<const Path extends string>(
  path: Path,
  info: OpenApiInfo,
  routerOf: () => Pick<Router, 'mounts'>,
): PathClass<Path> {
  let known: { readonly text: string; readonly tag: string } | undefined
  const written = (): NonNullable<typeof known> => {
    if (known !== undefined) return known
    const text = JSON.stringify(openApi(routerOf(), info))
    known = { text, tag: hashText(text) }
    return known
  }
  class OpenApi extends resource<Path>(path) {
    override readonly produces = [json, openApiJson]
    override readonly accepts = []
    override readonly description = 'This description, in OpenAPI 3.1.'

    override entityTag(): string {
      return written().tag
    }

    GET(): Answer {
      return OK(written().text, { 'content-type': this.exchange.representation.mediaType })
    }
  }
  return OpenApi
}
