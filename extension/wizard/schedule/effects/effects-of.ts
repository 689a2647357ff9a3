import type { Column } from '../../../../shared/looker-result/columns.ts'
import type { PropertyPlan } from '../../../../shared/rows/property-plan.ts'
import { MATCH_BY_WORDS } from '../../../../shared/settings/match-by.ts'
import { ALL_EVERY } from '../../../../shared/settings/send.ts'
import { countOf, formatCount, quoteList } from '../../../../shared/text/text-list.ts'
import { joinKeyProblems } from '../../../sample/join-key-problems.ts'
import type { LookSample } from '../../../sample/use-sample.ts'
import type { Draft } from '../../../sync/draft.ts'
import type { RowCheck } from './use-row-check.ts'

export type Effects = { headline: string; lines: string[]; warnings: string[] }

type Known = {
  draft: Draft
  sample: LookSample
  joinKey: Column
  plan: PropertyPlan
  check: RowCheck
  /** `Production`, where the server names it; else by its ID. */
  environment: string
}

/** Names told; all are a step back. */
const MOST_NAMES = 12

/** What a run does to Heap, by the check of every row, else by the first rows. */
export function effectsOf(known: Known): Effects {
  const { draft, joinKey, plan, check } = known
  const properties = plan.kind === 'planned' ? plan.properties.map(({ name }) => name) : []
  const { count, isAll, basis, notSent } = figuresOf(known)
  const subject = draft.propertyType === 'account' ? countOf(count, 'account') : countOf(count, 'user')
  const many = isAll ? `up to ${subject}` : `${subject} or more`
  return {
    headline: draft.dryRun
      ? 'Checks and counts the rows, and sends nothing to Heap.'
      : `Creates or updates ${many} in ${known.environment}, overwrites ${countOf(properties.length, 'property', 'properties')}.`,
    lines: [
      basis,
      ...(notSent > 0 ? [`${countOf(notSent, 'row')} ${notSent === 1 ? 'is' : 'are'} not sent.`] : []),
      `Found by ${joinKey.label}, which is compared with ${comparedWith(draft)}.`,
      unknownKeys(draft),
      `Overwrites ${quoteList(properties, MOST_NAMES)}.`,
      draft.emptyValue === ''
        ? 'An empty cell leaves the old value: Heap cannot clear one.'
        : `An empty cell becomes ${JSON.stringify(draft.emptyValue)}.`,
      ...(draft.send === 'changed'
        ? [`Every ${ALL_EVERY}th delivery sends all rows, the others what is new or has changed.`]
        : []),
      ...comparedLine(check),
    ],
    warnings: [...keyWarnings(known), ...failureWarning(check), ...limitWarning(draft)],
  }
}

type Figures = { count: number; isAll: boolean; basis: string; notSent: number }

/** How many there are, and by what that is known. */
function figuresOf({ sample, joinKey, check }: Known): Figures {
  if (check.kind === 'finished') {
    const { received, delivered, unchanged } = check.detail.counts
    const count = delivered + unchanged
    return {
      count,
      isAll: true,
      basis: `By the check of every row: ${formatCount(count)} of ${countOf(received, 'row')} can be imported.`,
      notSent: received - count,
    }
  }
  const stats = sample.columns.find(({ column }) => column === joinKey)?.stats
  const count = stats?.distinct ?? 0
  const rows = sample.sample.rows.length
  const waiting = check.kind === 'running' ? ' The check of every row is still running.' : ''
  const basis = sample.sample.partial
    ? `By the first ${countOf(rows, 'row')} only: the check of every row, on the step before, counts them all.${waiting}`
    : `By all ${countOf(rows, 'row')} that the Look has now.${waiting}`
  return { count, isAll: !sample.sample.partial, basis, notSent: rows - count }
}

function comparedWith({ propertyType, matchBy }: Draft): string {
  if (propertyType === 'account') return "Heap's account ID"
  return matchBy === 'heap_setup'
    ? lowerFirst(MATCH_BY_WORDS.heap_setup)
    : "Heap's identity, letter by letter"
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** Documented for identities; of the others nobody tells. */
function unknownKeys({ propertyType, matchBy }: Draft): string {
  if (propertyType === 'account') return 'An account ID that Heap does not know becomes a new account.'
  return matchBy === 'heap_setup'
    ? 'A key that Heap does not know may create a user: Heap documents nothing of it.'
    : 'A key that Heap does not know creates a user in Heap, without an event and without a word.'
}

function comparedLine(check: RowCheck): string[] {
  if (check.kind !== 'finished' || check.detail.comparison === null) return []
  const { new: added, changed, unchanged, gone } = check.detail.comparison
  return [
    `Since the last delivery: ${formatCount(added)} new, ${formatCount(changed)} changed, ${formatCount(unchanged)} unchanged, ${formatCount(gone)} gone. Heap keeps what it has of those that are gone.`,
  ]
}

function keyWarnings({ sample, joinKey, check }: Known): string[] {
  const key = sample.columns.find(({ column }) => column === joinKey)
  const problems = key ? joinKeyProblems(key.stats) : []
  if (check.kind === 'finished' || problems.length === 0) return []
  return [`The join key ${joinKey.label} is not perfect in the sample:`, ...problems.map(({ text }) => text)]
}

/** The allowed share of rejected rows is part of what was checked. */
function failureWarning(check: RowCheck): string[] {
  if (check.kind !== 'finished' || check.detail.success !== false) return []
  return [`As it is, Looker would report each run as failed: ${check.detail.message}`]
}

function limitWarning({ sendAllResults }: Draft): string[] {
  return sendAllResults ? [] : ["The Look's row limit applies: rows beyond it are not sent."]
}
