import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'

/** What a directory with all that is in it takes on the disk, in bytes. Files may come and go meanwhile. */
export async function diskBytes(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => [])
  let blocks = 0
  for (const name of names) {
    const entry = await lstat(path.join(directory, name)).catch(() => null)
    blocks += entry?.blocks ?? 0
  }
  // POSIX counts blocks of 512 bytes, whatever the file system's own are.
  return blocks * 512
}
