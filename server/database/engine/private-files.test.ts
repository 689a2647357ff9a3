import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../open-database.ts'

const directories: string[] = []
afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true })
})

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'heap-import-private-'))
  directories.push(directory)
  return directory
}

async function rights(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777
}

/** Entries of a folder, and the folder, that somebody else has rights to. */
async function readableByOthers(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true })
  expect(entries.length).toBeGreaterThan(900)
  const found = []
  for (const entry of ['', ...entries]) {
    if (((await rights(join(directory, entry))) & 0o077) !== 0) found.push(entry)
  }
  return found
}

async function work(dataDirectory: string, errors: string[] = []): Promise<void> {
  const onError = (error: Error) => errors.push(error.message)
  const database = await openDatabase({ url: undefined, dataDirectory, onError })
  try {
    await database.query('create table if not exists notes as select generate_series(1, 50000) as number')
    await database.query('vacuum full notes')
  } finally {
    await database.close()
  }
}

test('nobody else can read the embedded database, also not one of an older server', {
  timeout: 120_000,
}, async () => {
  const directory = join(await temporary(), 'data')
  await work(directory)
  expect(await readableByOthers(directory)).toEqual([])
  expect(await rights(directory)).toBe(0o700)
  expect(await rights(join(directory, 'database', 'PG_VERSION'))).toBe(0o600)

  for (const entry of await readdir(directory, { recursive: true })) {
    const { mode } = await stat(join(directory, entry))
    await chmod(join(directory, entry), mode | 0o066)
  }
  await chmod(directory, 0o755)
  await work(directory)
  expect(await readableByOthers(directory)).toEqual([])
})

test('a directory that holds the files of others keeps its rights, and the log says so', {
  timeout: 120_000,
}, async () => {
  const directory = await temporary()
  await chmod(directory, 0o755)
  await mkdir(join(directory, 'theirs'), { mode: 0o755 })
  await writeFile(join(directory, 'theirs', 'file'), 'x', { mode: 0o644 })
  await symlink(join(directory, 'theirs'), join(directory, 'link'))
  const errors: string[] = []
  await work(directory, errors)
  expect(errors).toEqual([expect.stringMatching(/every user of this machine; what is in database\/ cannot/)])
  expect(await rights(directory)).toBe(0o755)
  expect(await rights(join(directory, 'theirs', 'file'))).toBe(0o644)
  expect(await readableByOthers(join(directory, 'database'))).toEqual([])
})
