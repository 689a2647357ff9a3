import type { HeapEnvironment } from '../../shared/api/environments.ts'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import type { ImportSummary } from '../../shared/api/import-summary.ts'
import type { FoundKeys, Match } from '../../shared/api/known-keys.ts'
import type { RejectedRowView } from '../../shared/api/rejected-rows.ts'
import type { SyncAlerts } from '../../shared/api/sync-alerts.ts'
import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { aHealth } from './a-health.ts'

/** What the action server knows. */
type Known = {
  imports: ImportDetail[]
  healths: SyncHealth[]
  rejected: RejectedRowView[]
  serverVersion?: string
  foundKeys: FoundKeys
  /** How two imports compare; missing: an answer that has another shape. */
  match?: Match
  environments: HeapEnvironment[] | null
  /** Who is told of a sync; missing: nobody. */
  alerts?: SyncAlerts
}

const NO_ALERTS: SyncAlerts = {
  webhookUrl: null,
  hasSecret: false,
  slackUrl: null,
  server: { webhook: false, slack: false },
}

/** What the action server answers to a call of /api/v1, in a test of the pages. */
export function answerApi(state: Known, url: string): unknown {
  const { pathname, searchParams } = new URL(url)
  const path = pathname.replace('/api/v1', '')
  const imports = state.imports.map(summaryOf)
  if (path === '/environments') return { environments: state.environments }
  if (path === '/version') return { server: state.serverVersion ?? 'unbuilt', extensions: [] }
  if (path === '/syncs') {
    const refs = (searchParams.get('ids') ?? '').split(',')
    return {
      syncs: refs.flatMap((ref) => {
        const told = state.healths.find((health) => health.ref === ref)
        if (told) return [told]
        return imports.length > 0 ? [aHealth({ ref, lastImport: imports[0] ?? null, recent: imports })] : []
      }),
    }
  }
  if (path.endsWith('/imports')) return { imports, nextCursor: null }
  if (/\/(schedule|guardrails)$/.test(path)) return ''
  if (path.endsWith('/alerts')) return state.alerts ?? NO_ALERTS
  if (path.endsWith('/alerts/test')) {
    return { results: [{ channel: 'slack', ok: false, text: 'The message has not arrived.' }] }
  }
  if (path.endsWith('/key-lookups')) return state.foundKeys
  if (path.endsWith('/match')) return state.match ?? {}
  if (path.endsWith('/retry')) return { import: 99 }
  if (path.endsWith('.csv')) return 'row,key\n'
  if (path.endsWith('/rejected-rows')) return { rows: state.rejected, nextCursor: null, keysShown: true }
  return state.imports.find(({ id }) => path === `/imports/${id}`) ?? {}
}

function summaryOf({
  id,
  state,
  success,
  dryRun,
  testRows,
  startedAt,
  finishedAt,
  counts,
  pending,
}: ImportDetail): ImportSummary {
  return { id, state, success, dryRun, testRows, startedAt, finishedAt, counts, pending }
}
