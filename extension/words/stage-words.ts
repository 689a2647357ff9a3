import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { countOf, formatCount } from '../../shared/text/text-list.ts'
import { clockTime, formatDuration } from './duration.ts'

type Live = Pick<
  ImportDetail,
  'stage' | 'counts' | 'pending' | 'heap' | 'secondsLeft' | 'stages' | 'dryRun' | 'heldBecause'
>

/** What an import does right now, in one sentence. */
export function stageInWords(live: Live, now: Date, locale: string): string {
  const { counts, pending, heap } = live
  switch (live.stage) {
    case 'waiting_for_looker':
      return 'Waiting for Looker to deliver the first row.'
    case 'reading':
      return `Reading the rows that Looker delivers: ${formatCount(counts.received)} so far${
        counts.delivered > 0
          ? `, ${formatCount(counts.delivered)} already ${live.dryRun ? 'checked' : 'in Heap'}`
          : ''
      }.`
    case 'sending':
      return live.dryRun
        ? `Counting: ${countOf(pending, 'row')} left.`
        : `Sending to Heap: ${formatCount(counts.delivered)} of ${countOf(counts.received, 'row')} have arrived.`
    case 'waiting_for_heap':
      return waitingForHeap(heap, pending, now, locale)
    case 'held':
      return `Held: nothing is sent until somebody releases it.${live.heldBecause === null ? '' : ` ${live.heldBecause}`}`
    case 'finished':
      return 'Done.'
  }
}

function waitingForHeap(heap: ImportDetail['heap'], pending: number, now: Date, locale: string): string {
  const next = heap.nextTryAt === null ? null : new Date(heap.nextTryAt)
  const until = next !== null && next > now ? ` until ${clockTime(next, now, locale)}` : ''
  const because = heap.lastError === null ? '' : `, because it answered: ${heap.lastError.replace(/\.$/, '')}`
  return `Waiting for Heap${until}${because}. ${countOf(pending, 'row')} ${pending === 1 ? 'is' : 'are'} kept and tried again.`
}

/** `1,200 rows per second, about 3 min left`; null while neither is known. */
export function speedInWords(live: Live): string | null {
  const current = live.stages.findLast(({ endedAt }) => endedAt === null)
  const speed = current?.rowsPerSecond ?? null
  const parts = [
    ...(speed === null || speed <= 0
      ? []
      : [`${formatCount(speed < 10 ? Math.round(speed * 10) / 10 : Math.round(speed))} rows per second`]),
    ...(live.secondsLeft === null ? [] : [`about ${formatDuration(live.secondsLeft)} left`]),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}
