import { RefusedError } from '../admin-errors.ts'
import type { Command } from '../command.ts'
import { findImport } from '../find-import.ts'
import { jsonText } from '../output/printable.ts'
import { onlyImport } from './only-import.ts'

export const cancelCommand: Command = {
  name: 'cancel',
  usage: '<import>',
  summary: 'Ends an import: nothing more of it is sent; its waiting rows are rejected, and can be retried.',
  help: [
    '',
    'It is noted in the database and carried out by a server, within seconds or when the next one starts. What is at',
    'Heap at this moment is counted as it ends. Rows that wait until somebody has decided about an unusual delivery, or',
    'that are read to be asked about, are discarded: they cannot be retried.',
  ],
  options: {},
  prepare(input) {
    const importId = onlyImport(input)
    return async function* (admin) {
      await findImport(admin, importId)
      if (!(await admin.repositories.cancels.cancel(importId))) {
        throw new RefusedError(`Import ${importId} has ended. There is nothing left to cancel.`)
      }
      const by = admin.isAlone ? 'next_start' : 'servers'
      if (input.json) yield `${jsonText({ import: importId, cancelled: true, carriedOutBy: by })}\n`
      else
        yield admin.isAlone
          ? `Import ${importId} is cancelled. The server takes its waiting rows away when it starts.\n`
          : `Import ${importId} is cancelled. A running server takes its waiting rows away within seconds; if none runs, the next one does when it starts.\n`
    }
  },
}
