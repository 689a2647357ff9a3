import { RefusedError } from '../../admin-errors.ts'
import { jsonText } from '../../output/printable.ts'
import { DEFAULT, findConnection, onlyName } from './named-connection.ts'
import type { Verb } from './verb.ts'

export const removeVerb: Verb = {
  name: 'remove',
  usage: '<name>',
  summary:
    'Ends a connection: its tokens are good for nothing any more. Its imports are kept as long as all.',
  options: [],
  prepare({ positionals, json }) {
    const name = onlyName(positionals)
    return async function* (admin) {
      await findConnection(admin, name)
      if (name === DEFAULT) {
        throw new RefusedError(
          'Every server makes the default connection at its start. Give it new tokens with rotate --keep 0, or narrow it.',
        )
      }
      await admin.repositories.connections.remove(name)
      yield json
        ? `${jsonText({ removed: name })}\n`
        : `${name} is removed. Running servers know within 5 seconds; rows that they have taken in already are still sent.\n`
    }
  },
}
