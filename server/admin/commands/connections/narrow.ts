import type { Narrowing } from '../../../database/repositories/connection-repository.ts'
import { RefusedError, UsageError } from '../../admin-errors.ts'
import type { Input } from '../../command.ts'
import { quoted } from '../../find-import.ts'
import type { Admin } from '../../open-admin.ts'
import { jsonText } from '../../output/printable.ts'
import { facts } from '../../output/table.ts'
import { findConnection, onlyName } from './named-connection.ts'
import type { Verb } from './verb.ts'

/** What takes a narrowing back. */
const ANY = 'any'

export const narrowVerb: Verb = {
  name: 'narrow',
  usage: '<name> [--environments <id or name>,...|any] [--origins <origin>,...|any]',
  summary: 'Says which environments of Heap it may write, and which Looker may use it.',
  options: ['environments', 'origins'],
  prepare({ positionals, values, json }) {
    const name = onlyName(positionals)
    const environments = readList(values, 'environments')
    const origins = readList(values, 'origins')
    if (environments === undefined && origins === undefined) {
      throw new UsageError(
        'Say what it is narrowed to: --environments, --origins or both; any takes it back.',
      )
    }
    const parsedOrigins = origins && toOrigins(origins)
    return async function* (admin) {
      await findConnection(admin, name)
      const narrowing: Narrowing = {
        ...(environments === undefined ? {} : { environments: environments && toIds(environments, admin) }),
        ...(origins === undefined ? {} : { origins: parsedOrigins ? known(parsedOrigins, admin) : null }),
      }
      await admin.repositories.connections.narrow(name, narrowing)
      const now = await findConnection(admin, name)
      if (json) {
        yield `${jsonText({ connection: name, environments: now.environments, origins: now.origins })}\n`
        return
      }
      yield facts([
        ['connection', name],
        ['environments', now.environments?.join(', ') ?? 'all of the server'],
        ['origins', now.origins?.join(', ') ?? 'all of LOOKER_URL'],
      ])
      yield 'Running servers know within 5 seconds. What they have taken in already is still sent.\n'
    }
  },
}

/** Undefined: stays as it is; null: not narrowed. */
function readList(values: Input['values'], option: string): string[] | null | undefined {
  const text = values[option]
  if (typeof text !== 'string') return undefined
  if (text === ANY) return null
  const entries = text.split(',').map((entry) => entry.trim())
  if (entries.includes('')) throw new UsageError(`--${option} takes a list with commas, or ${ANY}.`)
  return [...new Set(entries)]
}

function toOrigins(entries: readonly string[]): string[] {
  return entries.map((entry) => {
    const url = URL.canParse(entry) ? new URL(entry) : null
    if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
    throw new UsageError(
      `--origins takes origins such as https://acme.cloud.looker.com, not ${quoted(entry)}.`,
    )
  })
}

/** @throws RefusedError */
function known(origins: string[], { config }: Admin): string[] {
  const other = origins.find(
    (origin) => config.lookerOrigins.length > 0 && !config.lookerOrigins.includes(origin),
  )
  if (other === undefined) return origins
  throw new RefusedError(
    `${quoted(other)} is not in LOOKER_URL, so nothing could be downloaded from there. Add it there first.`,
  )
}

/** @throws RefusedError */
function toIds(entries: readonly string[], { config }: Admin): string[] {
  return entries.map((entry) => {
    const named = config.heapEnvironments?.find(({ id, name }) => id === entry || name === entry)
    if (named) return named.id
    if (config.heapEnvironments === null && /^\d{1,20}$/.test(entry)) return entry
    throw new RefusedError(
      config.heapEnvironments === null
        ? `${quoted(entry)} is no environment ID. Without HEAP_ENVIRONMENTS they have no names: write the digits.`
        : `${quoted(entry)} is not in HEAP_ENVIRONMENTS. Add it there first.`,
    )
  })
}
