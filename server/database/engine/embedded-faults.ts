import { mkdtemp, readdir, readFile, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../../../shared/error-code.ts'

/** The major version of PostgreSQL that PGlite brings, as it writes it to PG_VERSION. */
export const EMBEDDED_VERSION = '18'

/** The log alone may take twice 16 MB more at any time. */
const LEAST_FREE_BYTES = 64e6

const BACKUP = 'docs/operations/backup.md'

/**
 * Looks whether an embedded database may be opened: PGlite would say nothing of use about one of another
 * version, and a process of another user would leave files in it that its owner cannot write.
 *
 * @param directory of the database, which need not exist
 * @throws Error with a text for the person who starts the server
 */
export async function checkEmbedded(directory: string): Promise<void> {
  const files = await readdir(directory).catch(() => [])
  if (files.length === 0) return
  const version = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => '')
  if (version === '') {
    throw new Error(
      `${directory} is not an embedded database: it has files, but no PG_VERSION. ${orRestore('Choose an empty DATA_DIR')}`,
    )
  }
  if (version.trim() !== EMBEDDED_VERSION) {
    throw new Error(
      `The embedded database in ${directory} is of PostgreSQL ${version.trim()}, and this server brings ${EMBEDDED_VERSION}. Start the release that made it, or move its rows as docs/operations/upgrade.md says.`,
    )
  }
  await mustBeOwn(directory)
}

/** Compared with a file made here, since container runtimes and network file systems map users. */
async function mustBeOwn(directory: string): Promise<void> {
  const probe = await mkdtemp(join(directory, '..', 'probe-')).catch((error: unknown) => {
    throw new Error(
      `DATA_DIR (${join(directory, '..')}) cannot be written: ${errorCode(error)}. Let the server's user write there, free room, or choose another DATA_DIR.`,
    )
  })
  const [own, owner] = await Promise.all([stat(probe), stat(join(directory, 'PG_VERSION'))])
  await rm(probe, { recursive: true, force: true })
  if (own.uid === owner.uid) return
  throw new Error(
    `The embedded database in ${directory} belongs to user ${owner.uid}, and this process writes as user ${own.uid}. Run it as that user, or give it all files with chown -R while no server runs.`,
  )
}

/** What is known of an embedded database that could not be opened. */
export async function describeEmbeddedFault(error: unknown, directory: string): Promise<Error> {
  const disk = await statfs(directory).catch(() => null)
  const free = disk === null ? Number.POSITIVE_INFINITY : disk.bavail * disk.bsize
  const said = error instanceof Error ? error.message : String(error)
  if (free < LEAST_FREE_BYTES) {
    return new Error(
      `The embedded database in ${directory} could not be opened: its disk is full (${Math.floor(free / 1e6)} MB free). Free some room, 100 MB at least, and start again; nothing is lost.`,
      { cause: error },
    )
  }
  return new Error(
    `The embedded database in ${directory} could not be opened, so it seems to be damaged (${said}). ${orRestore('Keep a copy of the directory')}`,
    { cause: error },
  )
}

function orRestore(what: string): string {
  return `${what}, or restore a backup: ${BACKUP}.`
}
