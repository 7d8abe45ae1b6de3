// A browser without a window: that of CHROMIUM_PATH, else the one that tools/browser holds (Linux, x64), else the Chrome that is installed.

import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdtemp, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { toolPath } from '../../scripts/tools.mjs'

/** As much of playwright-core as is used here; it is not among the project's own packages, nor are its types. */
export interface Browser {
  newPage(): Promise<Page>
  close(): Promise<void>
}

export interface Page extends Found {
  goto(url: string): Promise<unknown>
  /** Milliseconds for each thing that is waited for. */
  setDefaultTimeout(timeout: number): void
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void
  on(event: 'pageerror', listener: (error: Error) => void): void
  on(event: 'request', listener: (request: { url(): string; method(): string }) => void): void
}

export interface Found {
  getByRole(role: string, options?: { readonly name?: string; readonly exact?: boolean }): Locator
  getByLabel(text: string): Locator
  getByText(text: string): Locator
}

export interface Locator extends Found {
  click(): Promise<void>
  fill(text: string): Promise<void>
  /** Waits until it is visible. */
  waitFor(): Promise<void>
  filter(options: { readonly hasText: string }): Locator
  innerText(): Promise<string>
  count(): Promise<number>
  allInnerTexts(): Promise<readonly string[]>
}

interface Playwright {
  readonly chromium: { launch(options: Readonly<Record<string, unknown>>): Promise<Browser> }
}

/** @throws Error with the browser's words where it does not start. */
export async function startBrowser(): Promise<Browser> {
  const packages = await toolPath('browser')
  const { chromium } = (await import(pathToFileURL(`${packages}/playwright-core/index.mjs`).href)) as Playwright
  // Chromium's own sandbox does not work for root, nor in most containers; nothing but our pages is opened.
  return await chromium.launch({ ...(await whichBrowser(packages)), args: ['--no-sandbox', '--disable-gpu'] })
}

async function whichBrowser(packages: string): Promise<Readonly<Record<string, unknown>>> {
  const { CHROMIUM_PATH: path } = process.env
  if (path !== undefined) return { executablePath: path }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' }
  const folder = await unpacked(packages)
  // With the libraries of its package; what others this machine has, is searched after them.
  const libraries = [`${folder}/al2023/lib`, process.env['LD_LIBRARY_PATH']].filter((each) => each !== undefined)
  const env = { ...process.env, LD_LIBRARY_PATH: libraries.join(':') }
  return { executablePath: `${folder}/chromium`, env }
}

/** The package holds the browser compressed: it is unpacked once, and is in its place only when it is whole. */
async function unpacked(packages: string): Promise<string> {
  const place = join(packages, '.chromium')
  if (existsSync(place)) return place
  const { extract } = (await import(pathToFileURL(`${packages}/tar-fs/index.js`).href)) as {
    readonly extract: (folder: string) => NodeJS.WritableStream
  }
  const folder = await mkdtemp(`${place}-`)
  const read = (name: string) => createReadStream(`${packages}/@sparticuz/chromium/bin/${name}.br`)
  await pipeline(read('chromium'), createBrotliDecompress(), createWriteStream(`${folder}/chromium`))
  await pipeline(read('al2023.tar'), createBrotliDecompress(), extract(`${folder}/al2023`))
  await chmod(`${folder}/chromium`, 0o755)
  await rename(folder, place)
  return place
}
