import type { Registry } from 'prom-client'
import { Counter } from 'prom-client'
import type { ImportCounts } from '../../shared/report/import-counts.ts'
import { NO_ROWS } from '../../shared/report/import-counts.ts'

/** How an import ended: `rejected_rows` is a success with rows that did not arrive, within the sync's limit. */
export type ImportEnd = 'success' | 'rejected_rows' | 'failed'

const ENDS: readonly ImportEnd[] = ['success', 'rejected_rows', 'failed']

export type ImportMetrics = ReturnType<typeof createImportMetrics>

/**
 * Imports that this process has finished. Their rows are counted at that moment, so that each is counted in one
 * process, and what was received is the sum of what became of it.
 */
export function createImportMetrics(registry: Registry) {
  const imports = new Counter({
    name: 'heap_import_imports_total',
    help: 'Imports that this process finished, dry runs apart: all rows arrived (success), some were rejected within the limit of the sync (rejected_rows), or failed.',
    labelNames: ['end'],
    registers: [registry],
  })
  const dryRuns = new Counter({
    name: 'heap_import_dry_runs_total',
    help: 'Dry runs that this process finished, by their end.',
    labelNames: ['end'],
    registers: [registry],
  })
  const rows = new Counter({
    name: 'heap_import_rows_total',
    help: 'Rows of the imports that this process finished, dry runs apart: received = delivered + rejected + skipped + superseded + unchanged.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  for (const end of ENDS) {
    imports.inc({ end }, 0)
    dryRuns.inc({ end }, 0)
  }
  for (const outcome of Object.keys(NO_ROWS)) rows.inc({ outcome }, 0)

  return {
    finished(end: ImportEnd, counts: ImportCounts, isDryRun: boolean): void {
      if (isDryRun) {
        dryRuns.inc({ end })
        return
      }
      imports.inc({ end })
      for (const [outcome, count] of Object.entries(counts)) rows.inc({ outcome }, count)
    },
  }
}
