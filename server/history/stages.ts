import type { ImportDetail, StageTime } from '../../shared/api/import-detail.ts'
import { pendingRows } from '../../shared/report/import-counts.ts'
import type { ImportFacts } from '../database/repositories/history-repository.ts'
import type { ImportRecord } from '../database/repositories/import-record.ts'

/** Where an import is. */
export function stageOf(record: ImportRecord, facts: ImportFacts): ImportDetail['stage'] {
  if (record.state === 'finished') return 'finished'
  if (facts.heldBecause !== null) return 'held'
  if (record.state === 'reading')
    return facts.firstByteAt === null && record.counts.received === 0 ? 'waiting_for_looker' : 'reading'
  return record.denial !== null || facts.awaitsHeap ? 'waiting_for_heap' : 'sending'
}

/** How long each part of its way has taken so far, and how fast it was. */
export function stageTimes(
  { startedAt, finishedAt, counts, state }: ImportRecord,
  facts: ImportFacts,
): StageTime[] {
  const { firstByteAt, readingEndedAt, sendingBeganAt, now } = facts
  const stages: StageTime[] = [
    stage('waiting', startedAt, firstByteAt ?? sendingBeganAt ?? readingEndedAt ?? finishedAt, 0, now),
  ]
  const readingBegan = firstByteAt ?? (counts.received > 0 ? startedAt : null)
  if (readingBegan !== null) {
    const end = state === 'reading' ? null : (readingEndedAt ?? finishedAt)
    stages.push(stage('reading', readingBegan, end, counts.received, now))
  }
  if (sendingBeganAt !== null) {
    stages.push(stage('sending', sendingBeganAt, finishedAt, counts.delivered, now))
  }
  return stages
}

/** Seconds until Heap has the last row, at the rate so far; null when that cannot be said. */
export function secondsLeft(record: ImportRecord, facts: ImportFacts): number | null {
  if (stageOf(record, facts) !== 'sending' || facts.sendingBeganAt === null) return null
  const seconds = (facts.now.getTime() - facts.sendingBeganAt.getTime()) / 1_000
  const { delivered } = record.counts
  if (delivered === 0 || seconds <= 0) return null
  return Math.ceil((pendingRows(record.counts) * seconds) / delivered)
}

function stage(
  name: StageTime['name'],
  startedAt: Date,
  endedAt: Date | null,
  rows: number,
  now: Date,
): StageTime {
  const seconds = ((endedAt ?? now).getTime() - startedAt.getTime()) / 1_000
  return {
    name,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    rows,
    rowsPerSecond: rows > 0 && seconds > 0 ? Math.round((rows / seconds) * 10) / 10 : null,
  }
}
