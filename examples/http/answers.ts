// What a handler may return: content, a status, both, or a Response.

import { CONFLICT, contentDisposition, CREATED, NO_CONTENT, OK, resource, router, SEE_OTHER } from 'slumberjs/http'

export class Answers extends resource('/answers/:kind') {
  GET(): unknown {
    switch (this.params.kind) {
      case 'content':
        return { hello: 'world' } // 200, in the negotiated media type
      case 'nothing':
        return undefined // 204
      case 'status':
        return NO_CONTENT // 204
      case 'pair':
        return [CONFLICT, 'The shop is closed.'] // 409, a problem document with that detail
      case 'call':
        return OK({ hello: 'world' }, { 'content-language': 'en', 'set-cookie': ['a=1', 'b=2'] })
      case 'elsewhere':
        return SEE_OTHER(undefined, { location: '/answers/content' })
      case 'file':
        return OK(new Blob(['%PDF-'], { type: 'application/pdf' }), {
          'content-disposition': contentDisposition('Menü.pdf'),
        })
      case 'text':
        return OK('BEGIN:VCARD', { 'content-type': 'text/vcard; charset=utf-8' }) // as it is: its type is named
      case 'lines':
        return lines() // a stream
      default:
        return new Response('as it is', { status: 418, headers: { 'content-type': 'text/plain; charset=utf-8' } })
    }
  }
  POST(): unknown {
    return CREATED(this.data(), { location: this.exchange.url.pathname })
  }
}

function* lines(): Generator<object> {
  for (let line = 1; line <= 3; line++) yield { line }
}

export const answers = router([Answers])
