import { shorten } from '../text/shorten.ts'
import { countOf, formatCount } from '../text/text-list.ts'
import type { ImportCounts, RejectionSummary } from './import-counts.ts'
import { pendingRows, rejectionText } from './import-counts.ts'
import type { Remark } from './remark.ts'
import { textsOf } from './remark.ts'

/** What the answer to Looker is made of. */
export type ImportReport = {
  environmentId: string
  dryRun: boolean
  /** Null: it is no test. */
  testRows: number | null
  counts: ImportCounts
  rejections: RejectionSummary[]
  /** Why reading the Look's rows ended early; a sentence that says what to do. */
  failure: string | null
  /** Why the rows wait for somebody to release or discard them; null: they do not. */
  heldBecause: string | null
  /** What the last try of rows that wait ended with; null: none has failed. */
  lastError: string | null
  /** Heap turns away what still waits; null: it does not. */
  denial: Denial | null
  maxRejectedPercent: number
  remarks: readonly Remark[]
}

/** Heap turns every request of the environment away, whatever rows are in it. */
export type Denial = {
  /** What it answers: `HTTP 403 No access`. */
  answer: string
  since: Date
  /** What to check; a sentence. */
  advice: string
  /** It has gone on for so long that somebody has to do something. */
  isLong: boolean
}

/** Remarks told in a message; a mail is no place for more. */
const MOST_REMARKS = 8

export type Verdict = { success: boolean; message: string }

/** After so many minutes of nothing but denials by Heap deliveries into the environment fail. */
export const MINUTES_OF_DENIAL = 15

/**
 * Was the delivery a success, and what does Looker tell the analyst? A failure is: rows that did not come in
 * whole, rows that wait for somebody to decide or that Heap has turned away for long, more rejected rows than allowed,
 * or no row that could be sent.
 */
export function reportImport(report: ImportReport): Verdict {
  const { counts, failure } = report
  if (failure !== null) {
    if (report.heldBecause !== null) {
      return { success: false, message: `${failure} ${describeHeld(report, report.heldBecause)}` }
    }
    const kept = counts.received > 0 ? ` ${describe(report)}` : ' Nothing was imported.'
    return { success: false, message: withRemarks(failure + kept, report) }
  }
  if (counts.received === 0) {
    const nothing = 'The Look returned no rows; nothing was changed in Heap.'
    return { success: true, message: withRemarks(nothing, report) }
  }
  if (report.heldBecause !== null)
    return { success: false, message: describeHeld(report, report.heldBecause) }
  const success = isSuccess(report) && report.denial?.isLong !== true
  return { success, message: withRemarks(describe(report), report) }
}

/** Days that an unusual delivery waits for somebody to decide; then it is discarded. */
export const HELD_DAYS = 7

/** Looker tells of failures only, and somebody has to know that nothing goes on by itself. */
function describeHeld(report: ImportReport, because: string): string {
  const { counts, remarks } = report
  const pending = pendingRows(counts)
  const waits = `${countOf(pending, 'row')} ${pending === 1 ? 'waits' : 'wait'}`
  const sentences = [
    `Paused, nothing was sent to Heap: the delivery is unusual, and ${waits} for somebody to decide. ${because}`,
    `Open the import in the extension "Heap Data Import" in Looker, and choose "Release and send" or "Discard". After ${HELD_DAYS} days it is discarded.`,
  ]
  if (counts.rejected > 0) sentences.push(describeRejections(report))
  if (counts.skipped > 0) sentences.push(`${countOf(counts.skipped, 'row')} without a join key skipped.`)
  const others = remarks.filter(({ text }) => !because.includes(text))
  return withRemarks(sentences.join(' '), { ...report, remarks: others })
}

/** The share of rejected rows in percent of the rows that have a join key. */
export function rejectedPercent(counts: ImportCounts): number {
  const withJoinKey = counts.received - counts.skipped
  return withJoinKey === 0 ? 0 : (counts.rejected * 100) / withJoinKey
}

/** Warnings come first: of many remarks the last ones are only counted. */
function withRemarks(message: string, { remarks }: ImportReport): string {
  const told = [...new Set([...textsOf(remarks, 'warning'), ...textsOf(remarks, 'note')])]
  const more = told.splice(MOST_REMARKS).length
  if (more > 0) told.push(`And ${countOf(more, 'more remark', 'more remarks')}.`)
  return [message, ...told].join(' ')
}

function isSuccess({ counts, maxRejectedPercent }: ImportReport): boolean {
  if (counts.rejected + counts.skipped === counts.received) return false
  return rejectedPercent(counts) <= maxRejectedPercent
}

function describe(report: ImportReport): string {
  const { counts, environmentId } = report
  const pending = pendingRows(counts)
  const sentences = [describeDelivered(report, `into Heap environment ${environmentId}`)]
  if (pending > 0)
    sentences.push(`${countOf(pending, 'row')} still on ${pending === 1 ? 'its' : 'their'} way.`)
  if (pending > 0 && report.denial !== null) sentences.push(describeDenial(report.denial))
  else if (pending > 0 && report.lastError !== null) {
    sentences.push(`They are tried again; the last try ended with: ${shorten(report.lastError)}.`)
  }
  if (counts.rejected > 0) sentences.push(describeRejections(report))
  if (counts.skipped > 0) sentences.push(`${countOf(counts.skipped, 'row')} without a join key skipped.`)
  if (counts.superseded > 0) {
    sentences.push(`${countOf(counts.superseded, 'row')} replaced by a newer delivery of this sync.`)
  }
  if (counts.unchanged > 0) {
    sentences.push(`${countOf(counts.unchanged, 'row')} unchanged since the last delivery and not sent.`)
  }
  return sentences.join(' ')
}

function describeDelivered({ counts, dryRun, testRows }: ImportReport, target: string): string {
  if (testRows !== null) {
    const were = counts.delivered === 1 ? 'was' : 'were'
    return `${countOf(counts.delivered, 'test row')} ${were} sent ${target}; the rest of the Look was not read.`
  }
  const done = `${formatCount(counts.delivered)} of ${countOf(counts.received, 'row')}`
  return dryRun
    ? `Dry run, nothing was sent: ${done} can be imported ${target}.`
    : `Imported ${done} ${target}.`
}

/** What Heap answers, and what to check. */
export function describeDenial({ answer, since, advice, isLong }: Denial): string {
  const time = `${since.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const next = isLong
    ? 'The rows are kept and tried until they are 24 hours old.'
    : `After ${MINUTES_OF_DENIAL} minutes of that, deliveries into this environment are reported as failed.`
  return `Heap has turned away every request since ${time}: ${shorten(answer).replace(/\.$/, '')}. ${advice} ${next}`
}

function describeRejections({ counts, rejections }: ImportReport): string {
  const reasons = rejections.map(({ reason, count, text, rows }) => {
    const quoted = text ? ` (${shorten(text)})` : ''
    const more = count > rows.length ? ', ...' : ''
    const where = rows.length > 0 ? ` (${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more})` : ''
    return `${formatCount(count)} ${rejectionText(reason, count)}${quoted}${where}`
  })
  return `${formatCount(counts.rejected)} rejected: ${reasons.join(', ')}.`
}
