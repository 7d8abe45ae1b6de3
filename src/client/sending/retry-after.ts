// How long a server asks to be left alone (RFC 9110 §10.2.3).

/** Seconds from now; undefined where the field says nothing that is one. An HTTP date ends in GMT: `Date.parse` alone would take '0' for the year 2000. */
export function retryAfter(field: string | null | undefined): number | undefined {
  if (field === null || field === undefined) return undefined
  if (/^\d{1,9}$/.test(field)) return Number(field)
  const date = Date.parse(/^\D.* GMT$/.exec(field)?.[0] ?? '')
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1_000))
}
