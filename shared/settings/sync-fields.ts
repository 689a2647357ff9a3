import { MAX_PROPERTY_CHARACTERS } from '../heap-limits.ts'
import { charactersAbove, isSoundText } from '../text/characters.ts'
import { field } from './form-field.ts'
import type { MatchBy } from './match-by.ts'
import { MATCH_BY_DESCRIPTIONS, MATCH_BY_LABEL, MATCH_BY_WORDS, parseMatchBy } from './match-by.ts'
import { parseEmptyValue } from './parse-empty-value.ts'
import { parsePropertyNames } from './parse-property-names.ts'
import type { Send } from './send.ts'
import { parseSend, SEND_DESCRIPTION, SEND_WORDS } from './send.ts'
import { isSyncId } from './sync-id.ts'
import { MAX_TEST_ROWS, parseTestRows } from './test-rows.ts'

/**
 * The one list of form fields: the form, its validation and its documentation come from here. The first
 * three names are those of Heap's own action, so that its schedules go on working.
 */
export const SYNC_FIELDS = {
  environmentId: field({
    name: 'env_id',
    label: 'Heap Environment ID',
    description: 'The number of the environment in Heap, under Account > Manage > Projects.',
    type: 'string',
    required: true,
    parse: (text) =>
      /^\d{1,20}$/.test(text)
        ? { value: text }
        : {
            error: 'Give the Heap Environment ID: digits only, as in Heap under Account > Manage > Projects.',
          },
  }),
  propertyType: field<'user' | 'account'>({
    name: 'property_type',
    label: 'Property Type',
    description: 'What a row of the Look describes: a user or an account.',
    type: 'select',
    required: true,
    default: 'user',
    interactive: true,
    options: [
      { name: 'user', label: 'User' },
      { name: 'account', label: 'Account' },
    ],
    parse: (text) =>
      text === 'user' || text === 'account'
        ? { value: text }
        : { error: 'Choose the Property Type: User or Account.' },
  }),
  joinKeyColumn: field({
    name: 'heap_field',
    label: 'Join key column',
    description:
      'The column of the Look that identifies the user or account, as the results table shows it, for example "Users Email". Its values must be unique.',
    type: 'string',
    required: true,
    parse: (text) => {
      if (text === '') return { error: 'Give the column of the Look that is the join key.' }
      return isName(text) ? { value: text } : { error: 'The join key column is no name of a column.' }
    },
  }),
  matchBy: field<MatchBy>({
    name: 'match_by',
    label: MATCH_BY_LABEL,
    description: `${MATCH_BY_WORDS.identity}: ${MATCH_BY_DESCRIPTIONS.identity} ${MATCH_BY_WORDS.heap_setup}: ${MATCH_BY_DESCRIPTIONS.heap_setup} It is what schedules made for Heap's own action are matched by.`,
    type: 'select',
    required: false,
    default: 'identity',
    options: [
      { name: 'identity', label: MATCH_BY_WORDS.identity },
      { name: 'heap_setup', label: MATCH_BY_WORDS.heap_setup },
    ],
    usersOnly: true,
    parse: parseMatchBy,
  }),
  dryRun: field({
    name: 'dry_run',
    label: 'Dry run',
    description: 'Check and count every row without sending anything to Heap.',
    type: 'select',
    required: false,
    default: 'no',
    options: [
      { name: 'no', label: 'No' },
      { name: 'yes', label: 'Yes' },
    ],
    parse: (text) => {
      if (text === 'yes') return { value: true }
      return text === '' || text === 'no' ? { value: false } : { error: 'Dry run is either yes or no.' }
    },
  }),
  maxRejectedPercent: field({
    name: 'max_rejected_percent',
    label: 'Rejected rows allowed, in percent',
    description:
      'Above this share of rejected rows Looker reports the delivery as failed. 0 reports every rejected row. Rows without a join key do not count.',
    type: 'string',
    required: false,
    default: '0',
    parse: (text) => {
      const percent = text === '' ? 0 : Number(text)
      return /^[\d.]*$/.test(text) && percent >= 0 && percent <= 100
        ? { value: percent }
        : { error: 'The rejected rows allowed are a number from 0 to 100.' }
    },
  }),
  propertyNames: field({
    name: 'property_names',
    label: 'Property names (optional)',
    description:
      'JSON written by the Heap Data Import extension, for example {"rename":{"users.email":"email"},"exclude":["users.phone"]}. Leave empty to name properties like the columns.',
    type: 'textarea',
    required: false,
    parse: parsePropertyNames,
  }),
  emptyValue: field({
    name: 'empty_value',
    label: 'Text for empty cells (optional)',
    description:
      'What a property becomes where the cell is empty, for example (none). Heap cannot clear a value: without a text the old value stays.',
    type: 'string',
    required: false,
    parse: parseEmptyValue,
  }),
  testRows: field<number | null>({
    name: 'test_rows',
    label: 'Test rows (optional)',
    description: `Really send only the first rows that can be sent, 1 to ${MAX_TEST_ROWS}, and read no further.`,
    type: 'string',
    required: false,
    parse: parseTestRows,
  }),
  send: field<Send>({
    name: 'send',
    label: 'Rows to send',
    description: SEND_DESCRIPTION,
    type: 'select',
    required: false,
    default: 'all',
    options: [
      { name: 'all', label: SEND_WORDS.all },
      { name: 'changed', label: SEND_WORDS.changed },
    ],
    parse: parseSend,
  }),
  syncId: field<string | null>({
    name: 'sync_id',
    label: 'Sync ID (optional)',
    description:
      'The Heap Data Import extension writes it, to find the imports of a sync. Leave it as it is.',
    type: 'string',
    required: false,
    parse: (text) => {
      if (text === '') return { value: null }
      return isSyncId(text)
        ? { value: text }
        : {
            error:
              'The Sync ID has 16 to 64 letters, digits, "-" and "_", as the extension writes it. Empty it, or save the sync in the extension.',
          }
    },
  }),
}

function isName(text: string): boolean {
  return charactersAbove(text, MAX_PROPERTY_CHARACTERS) === undefined && isSoundText(text)
}
