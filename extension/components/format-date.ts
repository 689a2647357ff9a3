/** `Thu, 5 Mar 2026, 03:15`, read in the given time zone, else in the browser's. */
export function formatDateTime(date: Date, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(date)
}

/** Making one takes longer than a row of a table has; there is one for each locale. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()

export function formatDate(date: Date, locale: string): string {
  const format =
    dateFormats.get(locale) ??
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  dateFormats.set(locale, format)
  return format.format(date)
}
