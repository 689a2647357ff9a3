import { hashToken, makeToken } from '../../../connections/token.ts'
import { RefusedError, UsageError } from '../../admin-errors.ts'
import { quoted } from '../../find-import.ts'
import { jsonText } from '../../output/printable.ts'
import { facts } from '../../output/table.ts'
import { onlyName } from './named-connection.ts'
import type { Verb } from './verb.ts'

export const addVerb: Verb = {
  name: 'add',
  usage: '<name>',
  summary: 'Makes a connection for another Looker, and prints its two tokens, once.',
  options: [],
  prepare({ positionals, json }) {
    const name = onlyName(positionals)
    if (!/^[a-z0-9][a-z0-9_.-]{0,62}$/i.test(name)) {
      throw new UsageError(
        'A name has 1 to 63 letters, digits, ".", "-" and "_", and begins with a letter or digit.',
      )
    }
    return async function* ({ repositories }) {
      const action = makeToken('action')
      const extension = makeToken('extension')
      const { added } = await repositories.connections.add(name, hashToken(action), hashToken(extension))
      if (!added) throw new RefusedError(`There is a connection ${quoted(name)} already.`)
      if (json) {
        yield `${jsonText({ connection: name, action, extension })}\n`
        return
      }
      yield facts([
        ['connection', name],
        ['token of the action', action],
        ['secret of the extension', extension],
      ])
      yield 'They are shown this once. Servers know them at once.\n'
    }
  },
}
