// The OpenAPI 3.1 document of a whole service, as one caller knows it.

import { openApiOf, type OpenApiDocument } from '../../http/index.ts'
import type { ModelView } from '../models/model-view.ts'
import type { Model } from '../models/model.ts'
import type { Allowance } from '../resources/open-methods.ts'
import type { ServiceState } from '../service-state.ts'
import { describeDocuments } from './describe-documents.ts'
import { describePlace } from './describe-place.ts'
import { KeptSchemas } from './kept-schemas.ts'
import { everything, openMethodsOf, placesOf } from './places.ts'
import { wordsOfService } from './service-words.ts'

/** @param views of all models of the service; `allowances` what the caller may do to rows of each. */
export function serviceOpenApi(
  service: ServiceState,
  views: ReadonlyMap<Model, ModelView>,
  allowances: ReadonlyMap<Model, Allowance>,
): OpenApiDocument {
  const schemas = new KeptSchemas()
  const ofModels = [...views.values()].flatMap((view) =>
    placesOf(service, view).flatMap((place) => {
      const methods = openMethodsOf(place, allowances.get(place.model) ?? everything)
      if (methods.every((method) => method === 'OPTIONS')) return []
      return [describePlace(place, methods, view, views.get(place.model) ?? view, schemas)]
    }),
  )
  const tags = new Set(ofModels.map(({ tag }) => tag))
  const documents = describeDocuments(service, [...views.keys()])
  return openApiOf([...documents, ...ofModels], {
    title: service.name ?? 'Service',
    version: '1',
    description: wordsOfService,
    servers: [{ url: service.url.slice(0, -1) }],
    tags: {
      Documents: 'What is here, for programs and people.',
      ...wordsOfModels([...views.keys()].filter(({ fullName }) => tags.has(fullName))),
    },
    schemas: schemas.all,
  })
}

function wordsOfModels(models: readonly Model[]): Readonly<Record<string, string>> {
  return Object.fromEntries(models.map(({ fullName, app }) => [fullName, `A model of the app ${app}.`] as const))
}
