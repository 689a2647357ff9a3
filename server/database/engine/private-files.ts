import type { MakeDirectoryOptions } from 'node:fs'
import fs from 'node:fs'
import { chmod, lstat, readdir } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

/** The rights of the owner; nobody else has any. */
const OWNER = 0o700

/** What a data directory of ours holds; SQLite keeps a journal of the lock for a moment. */
const OWN_ENTRIES = ['lock', 'lock-journal', 'database']

/**
 * From now on no file of this thread gets rights for others. The embedded database asks for them by name (0666 for
 * those of its first archive, 0644 for a cache), whatever the umask of the process is; a thread has none of its own.
 */
export function keepFilesPrivate(): void {
  const { chmodSync, fchmodSync, mkdirSync } = fs
  Object.assign(fs, {
    chmodSync: (path: string, mode: number) => chmodSync(path, mode & OWNER),
    fchmodSync: (descriptor: number, mode: number) => fchmodSync(descriptor, mode & OWNER),
    mkdirSync: (path: string, options?: number | MakeDirectoryOptions) =>
      mkdirSync(path, typeof options === 'number' ? options & OWNER : { ...options, mode: OWNER }),
  })
  syncBuiltinESMExports()
}

/**
 * Takes the rights of others from a data directory and what an older server has left in it. A directory with files of
 * somebody else in it keeps its own rights.
 *
 * @returns what others can still read, and what to do about it; null: nothing
 */
export async function makePrivate(directory: string): Promise<string | null> {
  const entries = await readdir(directory)
  const own = entries.filter((entry) => OWN_ENTRIES.includes(entry))
  await Promise.all(own.map((entry) => closeAll(join(directory, entry))))
  const isOurs = own.length === entries.length
  if (isOurs && (await close(directory))) return null
  const { mode } = await lstat(directory)
  if ((mode & 0o007) === 0) return null
  return `DATA_DIR (${directory}) can be looked into by every user of this machine; what is in database/ cannot. Give the server a directory of its own, and it closes it.`
}

async function closeAll(path: string): Promise<void> {
  const entry = await lstat(path)
  if (entry.isSymbolicLink()) return
  if ((entry.mode & 0o077) !== 0) await close(path)
  if (!entry.isDirectory()) return
  const names = await readdir(path)
  await Promise.all(names.map((name) => closeAll(join(path, name))))
}

/** @returns whether nobody else has rights now: another one's directory cannot be changed, as a mounted one */
async function close(path: string): Promise<boolean> {
  try {
    const { mode } = await lstat(path)
    if ((mode & 0o077) !== 0) await chmod(path, mode & OWNER)
    return true
  } catch {
    return false
  }
}
