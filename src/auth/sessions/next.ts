// Where a browser is sent when it has signed in: a path of this very origin, or nowhere.

/** Undefined for anything that a browser could read as another origin: `//evil.example`, `/\evil.example`. */
export function ownPath(next: string, origin: string): string | undefined {
  if (!/^\/(?![/\\])[!-[\]-~]*$/.test(next) || !URL.canParse(next, origin)) return undefined
  const url = new URL(next, origin)
  return url.origin === origin && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined
}
