import { countOf } from '../../../shared/text/text-list.ts'
import { releaseImport } from '../../imports/held/release-import.ts'
import { RefusedError } from '../admin-errors.ts'
import type { Command } from '../command.ts'
import { findImport } from '../find-import.ts'
import { jsonText } from '../output/printable.ts'
import { onlyImport } from './only-import.ts'

export const releaseCommand: Command = {
  name: 'release',
  usage: '<import>',
  summary: 'Sends the rows of an import that a guardrail holds.',
  help: [
    '',
    'The servers send them, or the next one that starts. Rows that a later import of the sync has brought are left out,',
    'and counted as superseded.',
  ],
  options: {},
  prepare(input) {
    const importId = onlyImport(input)
    return async function* (admin) {
      await findImport(admin, importId)
      const { held, keys, order } = admin.repositories
      const answer = await releaseImport(importId, { held, keys, order, onFinished: () => undefined })
      if (answer.kind === 'not_held') throw new RefusedError(notHeld(importId))
      if (answer.kind === 'not_now') throw new RefusedError(answer.why)
      const { superseded } = (await findImport(admin, importId)).counts
      const by = admin.isAlone ? 'next_start' : 'servers'
      if (input.json) {
        yield `${jsonText({ import: importId, released: true, superseded, sentBy: by })}\n`
        return
      }
      const leftOut =
        superseded > 0 ? ` ${countOf(superseded, 'row')} left out, as later imports brought them.` : ''
      yield admin.isAlone
        ? `Import ${importId} is released.${leftOut} The server sends its rows when it starts.\n`
        : `Import ${importId} is released.${leftOut} A running server sends its rows; if none runs, the next one does when it starts.\n`
    }
  },
}

export function notHeld(importId: number): string {
  return `Import ${importId} does not wait for anybody to decide: no guardrail holds it, or somebody has decided, or it has ended.`
}
