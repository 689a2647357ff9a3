import { MAX_PROPERTY_CHARACTERS } from '../../heap-limits.ts'
import type { Column } from '../../looker-result/columns.ts'
import { readPropertyValue } from '../../rows/property-value.ts'
import { countOf } from '../../text/text-list.ts'
import { fieldWords } from '../subject.ts'
import type { TextKind } from './text-kinds.ts'
import { isLocalTime, kindOfText } from './text-kinds.ts'

/** What will compare badly in Heap, and what to change. A `note` is said, `attention` asks for something. */
export type ValueHint = {
  kind: 'numbers_as_text' | 'mixed' | 'not_iso_date' | 'cut' | 'yes_no' | 'yes_no_mixed'
  level: 'attention' | 'note'
  text: string
}

/** What speaks for one kind has to be said by nearly all texts of a column. */
const NEARLY_ALL = 0.9
/** Below this share of either kind a column is not mixed, but has a few odd values. */
const SOME = 0.02

/** Numbers that nobody adds up: their texts are right as they are. */
const CODES = new Set(
  'id uid code zip postcode postal phone mobile number no year sku isbn version key'.split(' '),
)

type Counts = Record<TextKind | 'number', number> & { cut: number; spellings: Set<string> }

/**
 * What the values of a column will be in Heap, as far as it is not what an analyst expects there.
 *
 * @param values raw cells
 */
export function valueHints(values: readonly unknown[], column: Column): ValueHint[] {
  const counts = countKinds(values, column)
  const { number, plain_number: plain, written_number: written, date, yes_no: yesNo, word } = counts
  const texts = plain + written + date + yesNo + word
  const hints: ValueHint[] = []
  if (counts.cut > 0) hints.push(cutHint(counts.cut))
  if (texts === 0) return hints
  if (number > 0 && isSome(number, number + texts) && isSome(texts, number + texts)) {
    return [...hints, mixedHint(number, texts)]
  }
  const numbers = plain + written
  if (yesNo >= texts * NEARLY_ALL) hints.push(...yesNoHints(counts.spellings))
  else if (date >= texts * NEARLY_ALL) hints.push(DATE_HINT)
  else if (numbers >= texts * NEARLY_ALL) hints.push(...numberHints(plain, written, column))
  else if (isSome(numbers, texts) && numbers * 2 >= texts && !isCode(column)) {
    hints.push(mixedHint(numbers, texts - numbers))
  }
  return hints
}

function isSome(part: number, whole: number): boolean {
  return part > 0 && part >= whole * SOME
}

function countKinds(values: readonly unknown[], column: Column): Counts {
  // Local times of such columns are sent as ISO 8601. Their reader is not needed to know that, and weighs a lot.
  const isTime = column.type !== null && /^(date|time)/.test(column.type)
  const notes = { cut: 0, unwrapped: 0, broken: 0 }
  const counts = { number: 0, plain_number: 0, written_number: 0, date: 0, yes_no: 0, word: 0 }
  const spellings = new Set<string>()
  for (const raw of values) {
    const value = readPropertyValue(raw, null, notes)
    if (value === undefined || value === '') continue
    if (typeof value === 'number') {
      counts.number += 1
      continue
    }
    const kind = isTime && isLocalTime(value) ? 'word' : kindOfText(value)
    counts[kind] += 1
    if (kind === 'yes_no') spellings.add(value)
  }
  return { ...counts, cut: notes.cut, spellings }
}

const DATE_HINT: ValueHint = {
  kind: 'not_iso_date',
  level: 'attention',
  text: 'Dates as people write them: Heap compares only ISO 8601 (2026-03-05) as time. Use a date dimension, or write YYYY-MM-DD in SQL.',
}

function cutHint(cut: number): ValueHint {
  const length = MAX_PROPERTY_CHARACTERS.toLocaleString('en-US')
  return {
    kind: 'cut',
    level: 'attention',
    text: `${countOf(cut, 'sample value is', 'sample values are')} longer than the ${length} characters that Heap takes; the rest is cut. Shorten them in the Look, or leave the column out.`,
  }
}

function mixedHint(numbers: number, texts: number): ValueHint {
  return {
    kind: 'mixed',
    level: 'attention',
    text: `${countOf(numbers, 'number')} among ${countOf(texts, 'text')}: Heap cannot compare the two with each other. Make the column one of them in the Look; leave empty what is no number.`,
  }
}

function numberHints(plain: number, written: number, column: Column): ValueHint[] {
  if (written === 0 && isCode(column)) return []
  const what =
    written > 0 ? 'Numbers written as text ("$1,234", "12 %")' : `${countOf(plain, 'number')} as text`
  return [
    {
      kind: 'numbers_as_text',
      level: 'attention',
      text: `${what}: Heap sorts texts letter by letter and cannot say "greater than". Use a dimension of type number, without format, in the Look.`,
    },
  ]
}

function isCode(column: Column): boolean {
  return fieldWords(column)
    .flat()
    .some((word) => CODES.has(word))
}

function yesNoHints(spellings: ReadonlySet<string>): ValueHint[] {
  const pairs = new Set([...spellings].map(pairOf))
  if (pairs.size > 1) {
    return [
      {
        kind: 'yes_no_mixed',
        level: 'attention',
        text: 'Yes and no are spelled in several ways, which are different values in Heap. Make the column a dimension of type yesno in the Look.',
      },
    ]
  }
  const words = [...spellings]
    .sort()
    .reverse()
    .map((word) => `"${word}"`)
  return [
    {
      kind: 'yes_no',
      level: 'note',
      text: `Heap gets the ${words.length === 1 ? 'text' : 'texts'} ${words.join(' and ')}: filter by these.`,
    },
  ]
}

/** `Yes` and `No` are of one spelling, `yes` and `TRUE` of others. */
function pairOf(spelling: string): string {
  const lower = spelling.toLowerCase()
  const words = /^[yn]$/.test(lower) ? 'y' : /^(yes|no)$/.test(lower) ? 'yes' : 'true'
  const first =
    spelling === lower
      ? 'lower'
      : spelling === spelling.toUpperCase() && spelling.length > 1
        ? 'upper'
        : 'title'
  return `${words} ${first}`
}
