// The vocabulary that both ends share. Imports nothing of this package.

export { Addresses, UnknownService } from './addresses.ts'
export { after, rescued, type Awaitable } from './awaitable.ts'
export { base64UrlToText, decodeBase64Url, encodeBase64Url, textToBase64Url } from './base64url.ts'
export type {
  Comparison,
  FilterGroups,
  ItemComparison,
  NullComparison,
  OrderComparison,
  TextComparison,
} from './comparison.ts'
export { currentlyStated, currentRequest, followRequests, inRequest, stating } from './context.ts'
export type {
  AppDocument,
  CompositeReferenceDocument,
  ContractDocument,
  DirectoryDocument,
  GivenDocument,
  FieldDocument,
  FieldKind,
  JsonSchemaDocument,
  ModelDocument,
  OperationDocument,
  ParameterDocument,
  ReferenceDocument,
  ServiceDocument,
} from './documents.ts'
export { hashText } from './hash.ts'
export { jsonText } from './json-text.ts'
export { formatKey, parseKey } from './key.ts'
export { refuseUnknownOptions, undefinedOption, unknownOption, type KnownOptions } from './known-options.ts'
export {
  defaultLogger,
  jsonLogger,
  redact,
  silentLogger,
  type LogFields,
  type Logger,
  type LogLevel,
} from './logger.ts'
export { parseUrl } from './parse-url.ts'
export { encodeExtendedValue, encodeFieldValue, encodeUriReference } from './percent-encoding.ts'
export { absoluteUrl, hasUserinfo, Places } from './places.ts'
export { isProblemDocument, pointerTo, type Fault, type ProblemDocument } from './problem-document.ts'
export { isOperator, listParameters, operators, splitFilterName, type Operator } from './query.ts'
export { joinOctets } from './octets.ts'
export { reasonPhrase } from './status.ts'
export { startTimer } from './timer.ts'
export {
  codecOf,
  codecs,
  readPart,
  ValueFault,
  type ItemsDescription,
  type ProgramValue,
  type ValueType,
} from './values.ts'
export {
  formatEntityTag,
  isOpaqueTag,
  parseEntityTag,
  parseEntityTagList,
  strongMatch,
  weakMatch,
  type EntityTag,
} from './entity-tag.ts'
export { formatHttpDate, parseHttpDate } from './http-date.ts'
export { formatLinks, parseLinks, type Link } from './link.ts'
export { endOfElement, essence, parseMediaType, type MediaType } from './media-type.ts'
