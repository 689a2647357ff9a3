import type { Column } from '../../shared/looker-result/columns.ts'
import { importedProperties } from '../../shared/rows/property-plan.ts'
import { MATCH_BY_LABEL } from '../../shared/settings/match-by.ts'
import { SEND_WORDS } from '../../shared/settings/send.ts'
import { quoteList } from '../../shared/text/text-list.ts'
import type { Draft } from './draft.ts'
import { syncName } from './draft.ts'
import { scheduleInWords } from './schedule-words.ts'
import { matchedBy } from './settings.ts'

export type DraftChangeLine = { what: string; before: string; after: string }

/** What a changed sync does otherwise than before, in words; nothing for a draft that was not changed. */
export function draftChanges(before: Draft, after: Draft, columns: readonly Column[]): DraftChangeLine[] {
  const labelOf = (name: string) => columns.find((column) => column.name === name)?.label ?? name
  const namesOf = (draft: Draft) =>
    columns.length === 0 ? '' : quoteList(propertiesOf(draft, columns), MOST_NAMES)
  const lines: [string, (draft: Draft) => string][] = [
    ['Name', syncName],
    ['Look', ({ look }) => look?.title ?? '-'],
    ['Heap environment', ({ environmentId }) => environmentId.trim() || '-'],
    ['Rows are', ({ propertyType }) => (propertyType === 'account' ? 'Accounts' : 'Users')],
    ['Join key', ({ joinKey }) => labelOf(joinKey) || '-'],
    [MATCH_BY_LABEL, ({ propertyType, matchBy }) => matchedBy(propertyType, matchBy)],
    ['Properties', namesOf],
    ['Empty cells', ({ emptyValue }) => emptyValue || 'leave the old value'],
    ['Runs', ({ schedule, timezone }) => `${scheduleInWords(schedule)} (${timezone})`],
    ['Rows sent', ({ send }) => SEND_WORDS[send]],
    ['Row limit', ({ sendAllResults }) => (sendAllResults ? 'All results' : 'That of the Look')],
    ['Rejected rows allowed', ({ maxRejectedPercent }) => `${maxRejectedPercent.trim() || '0'} %`],
    ['Dry run', ({ dryRun }) => (dryRun ? 'Nothing is sent' : 'No')],
  ]
  return lines.flatMap(([what, say]) => {
    const [from, to] = [say(before), say(after)]
    return from === to ? [] : [{ what, before: from, after: to }]
  })
}

const MOST_NAMES = 12

/**
 * What stays in Heap as the sync wrote it so far, in sentences: Heap has no call that deletes a property or
 * clears a value.
 */
export function leftInHeap(before: Draft, after: Draft, columns: readonly Column[]): string[] {
  const subject = before.propertyType === 'account' ? 'accounts' : 'users'
  if (before.environmentId.trim() !== after.environmentId.trim()) {
    return [`What the sync wrote to environment ${before.environmentId.trim() || '-'} stays there.`]
  }
  if (before.propertyType !== after.propertyType) {
    return [`The properties that the sync gave to ${subject} stay with them.`]
  }
  const left: string[] = []
  if (before.joinKey !== after.joinKey || before.matchBy !== after.matchBy) {
    left.push(`What the sync wrote by the former join key stays with those ${subject}.`)
  }
  if (before.look?.id !== after.look?.id) {
    return [...left, 'Properties that only the former Look has stay in Heap with their last values.']
  }
  const kept = new Set(propertiesOf(after, columns))
  const gone = propertiesOf(before, columns).filter((name) => !kept.has(name))
  if (gone.length > 0) {
    left.push(
      `${quoteList(gone, MOST_NAMES)} ${gone.length === 1 ? 'stays' : 'stay'} in Heap with the last values: nothing updates ${gone.length === 1 ? 'it' : 'them'} any more.`,
    )
  }
  return left
}

function propertiesOf(draft: Draft, columns: readonly Column[]): string[] {
  const joinKey = columns.find(({ name }) => name === draft.joinKey)
  return joinKey ? importedProperties(columns, joinKey, draft.propertyNames).map(({ name }) => name) : []
}
