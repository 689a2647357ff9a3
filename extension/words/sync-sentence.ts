import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { countOf, formatCount } from '../../shared/text/text-list.ts'
import type { NoticeIntent } from '../components/notice.tsx'
import { ago, clockTime } from './duration.ts'
import { runInWords } from './run-outcome.ts'

export type SyncSentence = {
  intent: NoticeIntent
  /** How the sync is. */
  is: string
  /** What to do about it; null: nothing. */
  todo: string | null
}

/** How a sync is and what to do about it. @param paused in Looker, where it then is not late */
export function syncSentence(health: SyncHealth, paused: boolean, now: Date, locale: string): SyncSentence {
  const { lastImport: last, due } = health
  const when = last === null ? '' : ago(new Date(last.finishedAt ?? last.startedAt), now)
  const since = clockTime(new Date(health.stateSince), now, locale)
  const dueAt = due === null ? null : clockTime(new Date(due.at), now, locale)
  const rhythm = due?.by === 'rhythm' ? ', going by its usual rhythm' : ''
  const lastGood =
    health.lastSuccessAt === null
      ? 'None has succeeded yet.'
      : `The last success was ${ago(new Date(health.lastSuccessAt), now)}.`
  switch (health.state) {
    case 'new':
      return {
        intent: 'inform',
        is: `Nothing has been delivered yet${dueAt === null || paused ? '' : `; the first run is due ${dueAt}${rhythm}`}.`,
        todo: null,
      }
    case 'running':
      return { intent: 'inform', is: `A delivery is under way since ${since}.`, todo: null }
    case 'well':
      return {
        intent: 'positive',
        is:
          last === null
            ? 'All is well.'
            : `All is well: the last run ${when} ${broughtInWords(last.counts.delivered, last.dryRun)}.`,
        todo: null,
      }
    case 'rejected_rows':
      return {
        intent: 'warn',
        is: `The last run ${when} left ${last === null ? 'rows' : `${formatCount(last.counts.rejected)} of ${countOf(last.counts.received, 'row')}`} out; the others arrived.`,
        todo: 'Open the run to see which rows were rejected, why, and what to change.',
      }
    case 'failing':
      return {
        intent: 'critical',
        is: `Failing since ${since}${last === null ? '' : `: ${lowerFirst(runInWords(last))}`}. ${lastGood}`,
        todo: 'Open the last run: it says what went wrong and what to do. Once that is done, Run now brings the sync back.',
      }
    case 'late':
      if (paused)
        return {
          intent: 'inform',
          is: 'Paused in Looker, so no run comes.',
          todo: 'Resume it to send again.',
        }
      return {
        intent: 'critical',
        is: `Late: a run was due ${dueAt ?? since}${rhythm}, and none has come. ${lastGood}`,
        todo: 'Looker mails the owner of the schedule when the Look itself fails. Run now shows whether it works.',
      }
    case 'held':
      return {
        intent: 'warn',
        is: `Held since ${since}: nothing is sent until somebody decides.`,
        todo: 'Open the run, look at what is unusual, and release or discard it.',
      }
    case 'waiting':
      return {
        intent: 'warn',
        is: `Heap turns its rows away since ${since}. Nothing is lost: they are kept and tried until they are 24 hours old.`,
        todo: 'Open the run to see what Heap answers and what to check.',
      }
  }
}

function broughtInWords(delivered: number, dryRun: boolean): string {
  if (delivered === 0) return 'had no rows to send'
  return `${dryRun ? 'checked' : 'brought'} ${countOf(delivered, 'row')}${dryRun ? '' : ' into Heap'}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
