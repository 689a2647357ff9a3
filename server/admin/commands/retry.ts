import { countOf } from '../../../shared/text/text-list.ts'
import { createImportEvents } from '../../imports/import-events.ts'
import { createCancelSignals } from '../../imports/repair/cancel-signals.ts'
import { retryImport } from '../../imports/repair/retry-import.ts'
import { RefusedError } from '../admin-errors.ts'
import type { Command } from '../command.ts'
import { findImport } from '../find-import.ts'
import type { Admin } from '../open-admin.ts'
import { jsonText } from '../output/printable.ts'
import { onlyImport } from './only-import.ts'

export const retryCommand: Command = {
  name: 'retry',
  usage: '<import>',
  summary: 'Sends again what Heap refused or did not take in time, and what was cancelled, as a new import.',
  help: [
    '',
    'The command stores the rows as an import of its own and ends; the servers send them, or the next one that',
    'starts. Rows that a later import of the sync has brought are left out, and counted as superseded.',
  ],
  options: {},
  prepare(input) {
    const importId = onlyImport(input)
    return async function* (admin) {
      await findImport(admin, importId)
      const retryId = await storeRetry(importId, admin)
      const { counts } = await findImport(admin, retryId)
      const by = admin.isAlone ? 'next_start' : 'servers'
      if (input.json) {
        yield `${jsonText({ import: retryId, retryOf: importId, received: counts.received, superseded: counts.superseded, sentBy: by })}\n`
        return
      }
      const rows = countOf(counts.received - counts.superseded, 'row')
      const leftOut =
        counts.superseded > 0
          ? ` ${countOf(counts.superseded, 'row')} left out, as later imports brought them.`
          : ''
      yield admin.isAlone
        ? `Import ${retryId} tries ${rows} of import ${importId} again.${leftOut} The server sends them when it starts.\n`
        : `Import ${retryId} tries ${rows} of import ${importId} again.${leftOut} A running server sends them; if none runs, the next one does when it starts.\n`
    }
  },
}

/** Resolves when all rows that can be retried are stored in the new import. */
async function storeRetry(importId: number, { repositories, config, stopping }: Admin): Promise<number> {
  const { imports, retries, keys } = repositories
  const events = createImportEvents()
  const faults: unknown[] = []
  const answer = await retryImport(
    importId,
    {
      imports,
      retries,
      keys,
      events,
      cancels: createCancelSignals(events),
      batchSize: config.heapBatchSize,
      onError: (error) => faults.push(error),
    },
    stopping,
  )
  if (answer.kind === 'nothing') throw new RefusedError(answer.why)
  await answer.done
  const record = await imports.find(answer.importId)
  if (!record || record.state === 'reading' || (record.failure !== null && record.failure !== undefined)) {
    throw new RefusedError(
      `Not all rows came into import ${answer.importId}. What is in it is sent; the other rows are still kept: retry import ${importId} again in a minute.`,
      { cause: faults[0] },
    )
  }
  return answer.importId
}
