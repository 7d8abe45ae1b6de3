// What `takeaway` serves besides its models: the page in this folder, and the client as the package has it, without a bundler.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { OK, resource, router, type Answer } from 'slumberjs/http'
import type { FetchObject } from 'slumberjs/node'
import type { Service } from 'slumberjs/server'
import { serviceNames, serviceUrl, type System } from '../system.ts'

/** The folder of the HTML and CSS, seen from the compiled file. */
const sources = new URL('../../../pizza/browser/', import.meta.url)
/** `dist/` of the package: what lies below is imported by relative paths alone, so that a browser loads it as it is. */
const dist = new URL('../', import.meta.resolve('slumberjs'))

/** The script of the page and its parts, compiled, are beside this file. */
const scripts = ['page.js', 'editor.js', 'elements.js']

/** By path; nothing else is served. */
const files: ReadonlyMap<string, File> = new Map([
  ['', read(new URL('page.html', sources), 'text/html; charset=utf-8')],
  ['page.css', read(new URL('page.css', sources), 'text/css; charset=utf-8')],
  ['icon.svg', read(new URL('icon.svg', sources), 'image/svg+xml')],
  ...scripts.map((name): [string, File] => [name, script(new URL(name, import.meta.url))]),
  ...modules('entries/client.js', 'client/', 'wire/'),
])

interface File {
  readonly octets: Uint8Array
  readonly type: string
  readonly hash: string
}

function read(url: URL, type: string): File {
  const octets = readFileSync(url)
  return { octets, type, hash: sha256(octets) }
}

function script(url: URL): File {
  return read(url, 'text/javascript; charset=utf-8')
}

/** The modules of the client, below `slumberjs/`. */
function modules(entry: string, ...folders: readonly string[]): [string, File][] {
  const inFolders = folders.flatMap((folder) =>
    readdirSync(new URL(folder, dist), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => folder + name.replaceAll('\\', '/')),
  )
  return [entry, ...inFolders].map((name) => [`slumberjs/${name}`, script(new URL(name, dist))])
}

/**
 * Only this site's files run, and the import map by its hash, as it stands in the page; requests go to the services and nowhere else;
 * text never becomes HTML.
 */
function policyFor(system: System): string {
  const html = new TextDecoder().decode(files.get('')?.octets)
  const [, importMap = ''] = /<script type="importmap">([^]*?)<\/script>/.exec(html) ?? []
  const origins = serviceNames.map((name) => new URL(serviceUrl(system, name)).origin)
  return [
    `default-src 'none'`,
    `script-src 'self' 'sha256-${sha256(importMap)}'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `connect-src ${origins.join(' ')}`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
  ].join('; ')
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64')
}

/** The service, and the page on every path that is none of its own. */
export function withPage(service: Service, system: System): FetchObject {
  const policy = policyFor(system)

  class SiteFile extends resource('/:path{.+}?') {
    readonly #file = files.get(this.params.path ?? '')

    override exists(): boolean {
      return this.#file !== undefined
    }
    override entityTag(): string {
      return this.#file?.hash ?? ''
    }
    GET(): Answer {
      return OK(this.#file?.octets, {
        'content-type': this.#file?.type ?? '',
        'content-security-policy': policy,
        'referrer-policy': 'no-referrer',
      })
    }
  }

  const site = router([SiteFile])
  return {
    fetch: (request, info) =>
      (new URL(request.url).pathname.startsWith('/slumber/') ? service : site).fetch(request, info),
    ready: service.ready,
  }
}
