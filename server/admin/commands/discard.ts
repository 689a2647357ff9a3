import { RefusedError } from '../admin-errors.ts'
import type { Command } from '../command.ts'
import { findImport } from '../find-import.ts'
import { jsonText } from '../output/printable.ts'
import { onlyImport } from './only-import.ts'
import { notHeld } from './release.ts'

export const discardCommand: Command = {
  name: 'discard',
  usage: '<import>',
  summary: 'Ends an import that a guardrail holds: its rows are rejected, and nothing of them is kept.',
  help: [
    '',
    'It is noted in the database and carried out by a server, within seconds or when the next one starts. The rows cannot',
    'be retried: send the Look again when they are wanted after all.',
  ],
  options: {},
  prepare(input) {
    const importId = onlyImport(input)
    return async function* (admin) {
      await findImport(admin, importId)
      if (!(await admin.repositories.held.discard(importId))) throw new RefusedError(notHeld(importId))
      const by = admin.isAlone ? 'next_start' : 'servers'
      if (input.json) yield `${jsonText({ import: importId, discarded: true, carriedOutBy: by })}\n`
      else
        yield admin.isAlone
          ? `Import ${importId} is discarded. The server rejects its rows when it starts.\n`
          : `Import ${importId} is discarded. A running server rejects its rows within seconds; if none runs, the next one does when it starts.\n`
    }
  },
}
