/** Looker's type of a column in an analyst's word. */
export function typeInWords(type: string | null): string {
  if (type === null) return 'Calculated'
  if (type === 'yesno') return 'Yes/No'
  if (/^(date|time)/.test(type)) return 'Date'
  if (/^(number|int|sum|count|average|median|max|min|percent|running|percentile|duration)/.test(type))
    return 'Number'
  return type === 'string' || type === 'list' ? 'Text' : type.charAt(0).toUpperCase() + type.slice(1)
}
