// Any resource over HTTP, without a database or models: `slumberjs/http`.

export {
  ACCEPTED,
  Answer,
  BAD_REQUEST,
  CONFLICT,
  CREATED,
  FORBIDDEN,
  FOUND,
  GONE,
  NO_CONTENT,
  NOT_FOUND,
  NOT_MODIFIED,
  OK,
  PERMANENT_REDIRECT,
  SEE_OTHER,
  SERVICE_UNAVAILABLE,
  TEMPORARY_REDIRECT,
  UNPROCESSABLE_CONTENT,
  type AnswerHeaders,
  type StatusConstant,
} from './answer.ts'
export { parseJson, receive, type ContentLimits } from './content.ts'
export { aboutTheRequest, aboutTheTarget, type Decision } from './decisions.ts'
export { Exchange, type RequestInfo } from './exchange.ts'
export { handle, handler, type ResourceClass } from './handler.ts'
export { Entity, Page, type HalLink, type HalLinks, type Hypermedia } from './hypermedia.ts'
export { negotiate, type Offer } from './negotiate.ts'
export { evaluatePreconditions, hasCondition, type PreconditionOutcome, type Validators } from './preconditions.ts'
export { authenticate, type Principal, type Scheme } from './principal.ts'
export { Problem, type ProblemOptions } from './problem.ts'
export { hal, json, type Representation } from './representation.ts'
export { knownMethods, Resource, type Verdict } from './resource.ts'
export { withVariant } from './state-tag.ts'
