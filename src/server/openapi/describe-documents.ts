// The documents of a service as descriptions for OpenAPI.

import {
  describeResource,
  Exchange,
  PathTemplate,
  type JsonSchema,
  type ResourceDescription,
} from '../../http/index.ts'
import type { Model } from '../models/model.ts'
import { DocumentResource } from '../resources/service-resource.ts'
import type { ServiceState } from '../service-state.ts'

/** All documents have the same questions and answers. */
class SampleDocument extends DocumentResource {
  document(): unknown {
    return {}
  }
}

interface DocumentPlace {
  /** Its operationId. */
  readonly id: string
  readonly path: string
  readonly what: string
  readonly isPublic?: true
}

export function describeDocuments(service: ServiceState, models: readonly Model[]): readonly ResourceDescription[] {
  return placesOf(service, models).map(({ id, path, what, isPublic = false }) => {
    const described = describeResource('Documents', new PathTemplate(path), (method) => {
      return new SampleDocument(new Exchange(new Request(service.url, { method })), service)
    })
    const methods = described.methods.map((method) => ({
      ...method,
      operationId: id.replaceAll(/\W/g, '_'),
      summary: what,
      description: `${what}.`,
      output: anObject,
      needsUser: !isPublic,
      statuses: method.statuses.filter((status) => status !== 404 && !(isPublic && status === 401)),
    }))
    return { ...described, description: `${what}.`, methods, challenges: isPublic ? [] : described.challenges }
  })
}

const anObject: JsonSchema = { type: 'object' }

function placesOf(service: ServiceState, models: readonly Model[]): readonly DocumentPlace[] {
  const below = (url: string): string => `/${url.slice(service.url.length)}`
  return [
    { id: 'service', path: '/', what: 'The service: apps, configuration, and the caller' },
    { id: 'contract', path: '/-/contract', what: 'All models in one document' },
    { id: 'openapi', path: '/-/openapi.json', what: 'This document' },
    { id: 'health', path: '/-/health', what: 'Whether the process answers', isPublic: true },
    { id: 'ready', path: '/-/ready', what: 'Whether the service can do its work', isPublic: true },
    ...service.apps.map(({ name, url }): DocumentPlace => ({
      id: `${name}_app`,
      path: below(url),
      what: `The app ${name}: its models`,
    })),
    ...models.flatMap(({ fullName, url }): DocumentPlace[] => [
      { id: `${fullName}_model`, path: `${below(url)}/-/model`, what: `The model ${fullName}` },
      { id: `${fullName}_schema`, path: `${below(url)}/-/schema`, what: `JSON Schema of ${fullName}` },
    ]),
  ]
}
