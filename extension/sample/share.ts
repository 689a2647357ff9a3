/** `97 %`; never rounded to 0 or 100 where something is there or missing. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '-'
  const percent = (part * 100) / whole
  if (percent > 99 && part < whole) return '> 99 %'
  if (percent < 1 && part > 0) return '< 1 %'
  return `${Math.round(percent)} %`
}
