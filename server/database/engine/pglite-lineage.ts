import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Linux's name for the time since the machine was started. */
const BOOT_ID = '/proc/sys/kernel/random/boot_id'

/**
 * See `Database.lineage`. The embedded database does not wait for the disk: what it has committed outlives its process,
 * but maybe not the machine's power, so that each start of the machine counts as a state of its own; where that cannot
 * be told, each start of the server. A copy of the directory is told by a file that PostgreSQL never replaces.
 *
 * @param directory of the database, which is there
 */
export async function pgliteLineage(directory: string): Promise<string> {
  const boot = await readFile(BOOT_ID, 'utf8').catch(() => randomUUID())
  const { ino, birthtimeNs } = await stat(join(directory, 'global', 'pg_control'), { bigint: true })
  return `${boot.trim()} ${ino} ${birthtimeNs}`
}
