/** What a text would be if it were none, as far as that matters to who compares it in Heap. */
export type TextKind = 'plain_number' | 'written_number' | 'date' | 'yes_no' | 'word'

/** As JSON has it; codes with leading zeros are no numbers. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

const CURRENCY = String.raw`(?:[$\u20ac\u00a3\u00a5\u20b9]|USD|EUR|GBP|CHF|JPY)`
const GROUPED = String.raw`\d{1,3}(?:[,.'\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?`
/** `$1,234.50`, `1.234,50 €`, `12 %`, `(300)`, `1,234`, `3.5k`. */
const WRITTEN_NUMBER = new RegExp(
  String.raw`^\(?[-+\u2212]?\s?${CURRENCY}?\s?[-\u2212]?(?:${GROUPED})\s?(?:%|[kKmM]|${CURRENCY})?\)?$`,
  'u',
)

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const TIME_END = String.raw`(?:[ ,T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?: ?(?:z|utc|[+-]\d{2}:?\d{2}))?)?`
/** Dates that are written for people; `2026-03-05`, `2026-03` and `2026-03-05T14:30:00Z` are not among them. */
const DATES = [
  String.raw`\d{1,2}[/.]\d{1,2}[/.]\d{2,4}`,
  String.raw`\d{1,2}-\d{1,2}-\d{4}`,
  String.raw`\d{4}[/.]\d{1,2}[/.]\d{1,2}`,
  String.raw`\d{1,2}\.? ${MONTH}\.?,? \d{2,4}`,
  String.raw`${MONTH}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{2,4}`,
  String.raw`${MONTH}\.?,? \d{4}`,
  String.raw`\d{4}-Q[1-4]`,
].map((date) => new RegExp(`^${date}${TIME_END}$`, 'i'))
/** Almost ISO 8601: a space where a T belongs, or no minutes. */
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[ T]\d{2}(?::\d{2}|$)/

const YES_NO = new Set(['yes', 'no', 'true', 'false', 'y', 'n'])

/** Longest text that may be a number or a date; a longer one is a text. */
const LONGEST = 40

export function kindOfText(text: string): TextKind {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST) return 'word'
  if (PLAIN_NUMBER.test(trimmed)) return 'plain_number'
  if (YES_NO.has(trimmed.toLowerCase())) return 'yes_no'
  if (isWrittenDate(trimmed)) return 'date'
  // Digits alone that are no plain number are a code: 00123.
  if (/^\d+$/.test(trimmed)) return 'word'
  return WRITTEN_NUMBER.test(trimmed) ? 'written_number' : 'word'
}

/** As Looker writes the times of a dimension. */
export function isLocalTime(text: string): boolean {
  return LOCAL_TIME.test(text)
}

function isWrittenDate(text: string): boolean {
  return (isLocalTime(text) && text[10] === ' ') || DATES.some((pattern) => pattern.test(text))
}
