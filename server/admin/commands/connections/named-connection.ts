import type { Connection } from '../../../database/repositories/connection-repository.ts'
import { RefusedError, UsageError } from '../../admin-errors.ts'
import { quoted } from '../../find-import.ts'
import type { Admin } from '../../open-admin.ts'

/** The connection that LOOKER_TOKEN and EXTENSION_SECRET belong to. */
export const DEFAULT = 'default'

/** The one name that was written. @throws UsageError */
export function onlyName(positionals: readonly string[]): string {
  const [name, more] = positionals
  if (name === undefined)
    throw new UsageError('Say which connection: its name, as `connections list` has it.')
  if (more !== undefined) throw new UsageError('Name one connection at a time.')
  return name
}

/** @throws RefusedError */
export async function findConnection({ repositories }: Admin, name: string): Promise<Connection> {
  const connections = await repositories.connections.all()
  const found = connections.find((entry) => entry.name === name)
  if (found) return found
  const names = connections.map((entry) => quoted(entry.name)).join(', ')
  throw new RefusedError(`There is no connection ${quoted(name)}. There are ${names}.`)
}
