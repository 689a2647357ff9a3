import { afterAll, expect, test } from 'vitest'
import { createPgliteDirectory } from '../../testing/engines.ts'
import { openPglite } from './open-pglite.ts'

const { environment, remove } = await createPgliteDirectory()
afterAll(remove)

test('what is committed is with the operating system, which is not asked to wait for the disk', async () => {
  const database = await openPglite(environment.DATA_DIR ?? '', () => undefined)
  const rows = await database.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('synchronous_commit', 'full_page_writes', 'fsync')",
  )
  await database.close()
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    synchronous_commit: 'on',
    full_page_writes: 'on',
    fsync: 'off',
  })
})
