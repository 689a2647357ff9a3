import { hashToken, makeToken } from '../../../connections/token.ts'
import type { Connection, TokenKind } from '../../../database/repositories/connection-repository.ts'
import { RefusedError, UsageError } from '../../admin-errors.ts'
import type { Input } from '../../command.ts'
import type { Admin } from '../../open-admin.ts'
import { jsonText } from '../../output/printable.ts'
import { facts } from '../../output/table.ts'
import { DEFAULT, findConnection, onlyName } from './named-connection.ts'
import type { Verb } from './verb.ts'

/** Time to enter the new token everywhere, unless another one is said. */
const KEEP_HOURS = 24
const MOST_HOURS = 24 * 90

const SETTINGS: Record<TokenKind, string> = { action: 'LOOKER_TOKEN', extension: 'EXTENSION_SECRET' }

export const rotateVerb: Verb = {
  name: 'rotate',
  usage: '<name> [--kind action|extension] [--keep <hours>]',
  summary: `Makes a new token, and prints it once; those before it are good for ${KEEP_HOURS} hours more, or as --keep says.`,
  options: ['kind', 'keep'],
  prepare(input) {
    const name = onlyName(input.positionals)
    const kind = readKind(input)
    const keepHours = readHours(input)
    return async function* (admin) {
      const connection = await findConnection(admin, name)
      refuseConfigured(connection, kind, admin)
      const token = makeToken(kind)
      await admin.repositories.connections.rotate(name, kind, hashToken(token), keepHours)
      if (input.json) {
        yield `${jsonText({ connection: name, kind, token, keptHours: keepHours })}\n`
        return
      }
      yield facts([
        ['connection', name],
        [kind === 'action' ? 'token of the action' : 'secret of the extension', token],
      ])
      yield keepHours === 0
        ? 'It is shown this once. The one before it is good for nothing any more; running servers know within 5 seconds.\n'
        : `It is shown this once. The one before it is good for ${keepHours} hours more: enter the new one in Looker until then.\n`
    }
  },
}

function readKind({ values }: Input): TokenKind {
  const { kind = 'action' } = values
  if (kind === 'action' || kind === 'extension') return kind
  throw new UsageError(
    '--kind takes action (the token in Admin > Actions) or extension (that of the user attribute).',
  )
}

function readHours({ values }: Input): number {
  const { keep } = values
  if (keep === undefined) return KEEP_HOURS
  const hours = typeof keep === 'string' && /^\d{1,4}$/.test(keep) ? Number(keep) : MOST_HOURS + 1
  if (hours <= MOST_HOURS) return hours
  throw new UsageError(`--keep takes whole hours from 0 to ${MOST_HOURS}.`)
}

/** Servers with a token in their settings take no other one for the default connection. */
function refuseConfigured({ name, tokens }: Connection, kind: TokenKind, { config }: Admin): void {
  const isConfigured = config.tokens[kind].length > 0 || !tokens.some((token) => token.kind === kind)
  if (name !== DEFAULT || !isConfigured) return
  const setting = SETTINGS[kind]
  throw new RefusedError(
    `The servers have ${setting} set, which is what the default connection has. Set ${setting}=new,old and restart all of them one by one, enter the new one in Looker, then set ${setting}=new.`,
  )
}
