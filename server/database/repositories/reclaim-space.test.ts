import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../open-database.ts'
import { startBatchQueue } from './batch-queue.ts'
import { createImportRepository } from './import-repository.ts'

const onError = (error: Error) => {
  throw error
}

test('the embedded database gives back the space of what was deleted', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'heap-import-vacuum-'))
  const database = await openDatabase({ url: undefined, dataDirectory, onError })
  const queue = await startBatchQueue(database, onError)
  try {
    const imports = createImportRepository(database)
    await database.query(
      'create table bulk as select repeat(md5(n::text), 100) from generate_series(1, 2000) n',
    )
    await database.query('delete from bulk')
    const size = async () => {
      const [row] = await database.query<{ bytes: number }>("select pg_relation_size('bulk')::int as bytes")
      return row!.bytes
    }
    expect(await size()).toBeGreaterThan(100_000)
    await imports.reclaimSpace()
    expect(await size()).toBe(0)
  } finally {
    await queue.stop()
    await database.close()
    await rm(dataDirectory, { recursive: true, force: true })
  }
})
