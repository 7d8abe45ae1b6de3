// In Next, as app/api/[[...path]]/route.ts: one function under the names of the methods.

import { api } from './api.ts'

const answer = (request: Request): Promise<Response> => api.fetch(request)

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
}
