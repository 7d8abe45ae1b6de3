// Any resource over HTTP, without a database or models: `slumberjs/http`.

export type { Awaitable, EntityTag, Logger } from '../wire/index.ts'
export { Answer, type AnswerChange, type AnswerHeaders, type StatusConstant } from './answer.ts'
export { checkCaching, type Caching } from './response/caching.ts'
export { itemsOf } from './collection.ts'
export { type ContentCoding } from './content/content-coding.ts'
export { contentDisposition } from './response/content-disposition.ts'
export { parseJson, receive, type ContentLimits } from './content/content.ts'
export { aboutTheRequest } from './decisions/about-the-request.ts'
export { aboutTheTarget } from './decisions/about-the-target.ts'
export { type Decision, type Ending, type Outcome } from './decisions/decision.ts'
export {
  describe,
  describeResource,
  type MethodDescription,
  type PathParameterDescription,
  type RateLimitDescription,
  type ResourceDescription,
  type SuccessDescription,
  type TypeDescription,
} from './openapi/describe.ts'
export { Exchange, type RequestInfo } from './exchange.ts'
export { handle, handler, type ResourceClass } from './handler.ts'
export {
  Entity,
  Page,
  type Embedded,
  type HalLink,
  type HalLinks,
  type Hypermedia,
} from './representations/hypermedia.ts'
export { type Idempotency } from './remembered/idempotency.ts'
export { applyJsonPatch, defaultPatchLimits, type PatchLimits } from './content/json-patch.ts'
export { mergePatch } from './content/merge-patch.ts'
export { type Middleware } from './middleware.ts'
export { cachePage } from './middleware/cache-page.ts'
export { cors, type CorsOptions } from './middleware/cors.ts'
export { openApi, openApiOf, type OpenApiDocument, type OpenApiInfo } from './openapi/openapi.ts'
export { openApiMediaType, openApiResource } from './openapi/openapi-resource.ts'
export { pageStore, type PageStore } from './middleware/page-store.ts'
export { requireUser, type RequireUserOptions } from './middleware/require-user.ts'
export { negotiate, type Offer } from './negotiation/negotiate.ts'
export {
  evaluatePreconditions,
  hasCondition,
  type PreconditionOutcome,
  type Validators,
} from './conditions/preconditions.ts'
export { formatPreferenceApplied, type KnownPreferences, type Preferences } from './response/preferences.ts'
export { authenticate, type Principal, type Scheme } from './principal.ts'
export { permissionMissing } from './problems/permission-missing.ts'
export { problemTypeOf, problemTypes, type ProblemType } from './problems/problem-types.ts'
export { problemTypesResource } from './problems/problem-type-resource.ts'
export { Problem, type ProblemOptions } from './problems/problem.ts'
export * as query from './query/query-kinds.ts'
export {
  describeQuery,
  parameter,
  readQuery,
  type JsonSchema,
  type QueryDeclarations,
  type QueryParameter,
  type QueryParameterDescription,
  type QueryValues,
} from './query/query-parameters.ts'
export { type RateLimit } from './remembered/rate-limit.ts'
export {
  hal,
  json,
  jsonPatchJson,
  mergePatchJson,
  type Body,
  type ReadContext,
  type Representation,
  type WriteContext,
} from './representations/representation.ts'
export { csv } from './representations/csv.ts'
export { form, multipart } from './representations/forms.ts'
export { html } from './representations/html.ts'
export { ndjson } from './representations/ndjson.ts'
export { octets } from './representations/octets.ts'
export { text } from './representations/text.ts'
export { xml } from './representations/xml.ts'
export { type RequestLike } from './request-like.ts'
export { isRead, isSafe, knownMethods } from './methods.ts'
export { Resource, type NoQuery, type ParamsRecord, type Verdict } from './resource.ts'
export { PathTemplate, type PathParams, type PathValue, type PathValues } from './routing/path.ts'
export { resource, type BaseClass, type Extending, type PathClass } from './routing/resource-at.ts'
export { retryAfter } from './response/retry-after.ts'
export { at, router, type Mount, type MountedResource, type Router, type RouterOptions } from './routing/router.ts'
export { type Settings } from './settings.ts'
export { memoryStore, type MemoryStoreOptions } from './remembered/memory-store.ts'
export { redisStore, type RedisClient, type RedisStoreOptions } from './remembered/redis-store.ts'
export {
  feedPage,
  fromStore,
  millisecondsOf,
  sha256,
  storeKey,
  type Count,
  type FeedEntry,
  type SharedStore,
} from './remembered/shared-store.ts'
export { jsonSchemaOf, validate, type ContentOf, type ContentSchema } from './content/standard-schema.ts'
export { isTagOfState, withVariant } from './conditions/state-tag.ts'
export * from './status-constants.ts'
