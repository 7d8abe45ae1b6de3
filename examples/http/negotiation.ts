// Media types, languages and content codings; a representation of one's own; a template.

import { csv, hal, html, json, resource, router, xml, type ContentCoding, type Representation } from 'slumberjs/http'

/** A media type is a name, and a function that writes content, reads octets, or both. */
export const vcard: Representation = {
  name: 'vcard', // of ?format=vcard
  mediaType: 'text/vcard; charset=utf-8',
  showsLinks: false,
  write: (content) => {
    const { name, mail } = content as { name: string; mail: string } // what Card's handler returns
    return `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${escaped(name)}\r\nEMAIL:${escaped(mail)}\r\nEND:VCARD\r\n`
  },
}

function escaped(text: string): string {
  return text.replaceAll(/[\\,;]/g, '\\$&').replaceAll(/\r?\n/g, '\\n')
}

export class Card extends resource('/card') {
  override produces = [json, html, xml, csv, hal, vcard] // the first is the default
  override languages = ['en', 'de'] // the first is the default
  override encodings: ContentCoding[] = ['gzip']

  GET(): unknown {
    const greeting = this.exchange.language === 'de' ? 'Guten Tag' : 'Good day'
    return { name: 'Ada', mail: 'ada@example.org', greeting }
  }

  /** Undefined leaves it to the representation. */
  override render(content: unknown, representation: Representation): string | undefined {
    if (representation !== html) return undefined
    const { name, greeting } = content as { name: string; greeting: string } // as above
    return `<!DOCTYPE html><title>Card</title><p>${greeting}, I am ${name}.</p>`
  }
}

export const cards = router([Card])
