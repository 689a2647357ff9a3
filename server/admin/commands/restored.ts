import { UsageError } from '../admin-errors.ts'
import type { Command } from '../command.ts'
import { jsonText } from '../output/printable.ts'

export const restoredCommand: Command = {
  name: 'restored',
  usage: '',
  summary: 'After a restore of the database: the next delivery of every sync sends all its rows.',
  help: [
    '',
    'What was sent since the backup is not known to it. Syncs that send only what has changed would leave out rows that',
    'Heap has in a newer state, or not at all. Nothing else is changed.',
  ],
  options: {},
  prepare({ positionals, json }) {
    if (positionals.length > 0) throw new UsageError('It concerns the whole database: name nothing.')
    return async function* (admin) {
      const dropped = await admin.repositories.known.dropAll()
      yield json
        ? `${jsonText({ forgottenDeliveries: dropped })}\n`
        : `The next delivery of every sync sends all its rows. Fingerprints of ${dropped} imports were kept, and are deleted.\n`
    }
  },
}
