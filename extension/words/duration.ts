/** `under 1 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 days`: two units at most. @param seconds at least 0 */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 1) return 'under 1 s'
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return join(`${minutes} min`, whole % 60, 's')
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return join(`${hours} h`, minutes % 60, 'min')
  return `${Math.floor(hours / 24)} days`
}

function join(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest} ${unit}`
}

/** `just now`, `5 min ago`, `2 h ago`, `3 days ago`: as precise as somebody wants to know it. */
export function ago(date: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ago`
  return `${Math.floor(hours / 24)} days ago`
}

/** `14:32`; with the day where that is not today: `6 Mar, 14:32`. Read in the browser's time zone. */
export function clockTime(date: Date, now: Date, locale: string): string {
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const day = date.toDateString() === now.toDateString() ? {} : ({ day: 'numeric', month: 'short' } as const)
  return new Intl.DateTimeFormat(locale, { ...day, ...time }).format(date)
}
