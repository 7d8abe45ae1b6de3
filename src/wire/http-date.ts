// HTTP dates (RFC 9110 §5.6.7): one format is written, exactly three are read. `Date.parse` takes '0' and ISO 8601 too.

/**
 * Writes an IMF-fixdate; milliseconds are cut off.
 *
 * @throws RangeError for an invalid date and for years that four digits cannot hold.
 * @example
 * formatHttpDate(new Date(784111777000))  // 'Sun, 06 Nov 1994 08:49:37 GMT'
 */
export function formatHttpDate(date: Date): string {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw new RangeError('An HTTP date needs a valid date in the years 0 to 9999.')
  return date.toUTCString() // ECMA-262 §21.4.4.43 defines the very format
}

/**
 * Reads an HTTP date: IMF-fixdate, RFC 850 or asctime, case-sensitive, of a day that the calendar has; else undefined.
 * The name of the day is not compared with the date: it adds nothing, and no other recipient does.
 *
 * @param now decides the century of an RFC 850 date: the latest that is not more than 50 years ahead.
 * @example
 * parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT')?.getTime()  // 784111777000
 * parseHttpDate('1994-11-06T08:49:37Z')                       // undefined
 */
export function parseHttpDate(text: string, now: Date = new Date()): Date | undefined {
  if (text.length > longest) return undefined
  const fields = (imfFixdate.exec(text) ?? asctime.exec(text))?.groups
  if (fields !== undefined) return dateOf(fields, Number(fields['year']))
  const short = rfc850.exec(text)?.groups
  return short === undefined ? undefined : dateWithinFiftyYears(short, now)
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const longest = 'Wednesday, 06-Nov-94 08:49:37 GMT'.length

// Every part has a fixed width or is one of a few words, so none of these can backtrack.
const imfFixdate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) GMT$/
const rfc850 =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) GMT$/
const asctime =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>\d\d| \d) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) (?<year>\d{4})$/

type Fields = Readonly<Record<string, string | undefined>>

/** A two-digit year that seems more than 50 years ahead means the most recent past year with these digits (§5.6.7). */
function dateWithinFiftyYears(fields: Fields, now: Date): Date | undefined {
  const limit = new Date(now)
  limit.setUTCFullYear(now.getUTCFullYear() + 50)
  const century = now.getUTCFullYear() - (now.getUTCFullYear() % 100)
  for (const base of [century + 100, century, century - 100]) {
    const date = dateOf(fields, base + Number(fields['year']))
    if (date !== undefined && date <= limit) return date
  }
  return undefined
}

function dateOf(fields: Fields, year: number): Date | undefined {
  const month = months.indexOf(fields['month'] ?? '')
  const day = Number(fields['day'])
  const hour = Number(fields['hour'])
  const minute = Number(fields['minute'])
  const second = Number(fields['second'])
  const isLeapSecond = hour === 23 && minute === 59 && second === 60
  if (month === -1 || hour > 23 || minute > 59 || (second > 59 && !isLeapSecond)) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month, day) // `Date.UTC` would take the years 0 to 99 for 1900 to 1999
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined
  date.setUTCHours(hour, minute, second)
  return date
}
