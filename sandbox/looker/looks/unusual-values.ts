import type { Look, LookRow, LookValue } from '../look.ts'
import { dimension, measure } from '../look-fields.ts'

/** Key -> number cell and text cell: the values that careless software loses on the way. */
export const UNUSUAL_VALUES: readonly { key: string; number: LookValue; text: LookValue }[] = [
  { key: 'zero', number: 0, text: '0' },
  { key: 'negative', number: -12.5, text: '-12.50' },
  { key: 'exponent', number: 1.5e-7, text: '1.5e-7' },
  { key: 'large-exponent', number: 1e21, text: '1E21' },
  { key: 'binary-noise', number: 9789.130036830902, text: '9789.130036830902' },
  { key: 'beyond-2^53', number: 9007199254740993n, text: '9007199254740993' },
  { key: 'beyond-2^64', number: -123456789012345678901234567890n, text: '123456789012345678901234567890' },
  { key: 'false', number: false, text: 'false' },
  { key: 'true', number: true, text: 'Yes' },
  { key: 'null', number: null, text: null },
  { key: 'empty-text', number: 1, text: '' },
  { key: 'quotes', number: 1, text: 'say "hi" \\ {"value":"}]"}' },
  { key: 'line-breaks', number: 1, text: 'first\nsecond\ttabbed\u2028third' },
  { key: 'emoji', number: 1, text: '👩‍🚀 déjà vu 商店' },
  { key: 'long-text', number: 1, text: '🙂'.repeat(1_500) },
]

/** The address that a row of `UNUSUAL_VALUES` is imported for. */
export function unusualJoinKey(key: string): string {
  return `${key}@example.com`
}

export const unusualValues: Look = {
  id: '13',
  title: 'Unusual values',
  explanation:
    'Zero, negative, exponents, integers beyond 2^53, false, null, empty and very long texts: each must arrive as it is, or as documented.',
  fields: {
    dimensions: [
      dimension('users.email', 'Users', 'Email', { tags: ['email'] }),
      dimension('facts.text', 'Facts', 'Text'),
    ],
    measures: [measure('facts.number', 'Facts', 'Number')],
    pivots: [],
    table_calculations: [],
  },
  timezone: 'UTC',
  rowCount: UNUSUAL_VALUES.length,
  *rows() {
    for (const { key, number, text } of UNUSUAL_VALUES) {
      const row: LookRow = {
        'users.email': unusualJoinKey(key),
        'facts.text': text,
        'facts.number': number,
      }
      yield row
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
