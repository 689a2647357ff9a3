import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { createPgliteDirectory } from '../../testing/engines.ts'
import { openPglite } from './open-pglite.ts'
import type { PgliteThread } from './pglite-thread.ts'

const threads = vi.hoisted((): PgliteThread[] => [])

vi.mock(import('./pglite-thread.ts'), async (original) => {
  const actual = await original()
  return {
    ...actual,
    startPgliteThread: (...options) => {
      const thread = actual.startPgliteThread(...options)
      threads.push(thread)
      return thread
    },
  }
})

test('a thread that dies is replaced: what was committed is there, what was not is an error that passes', {
  timeout: 120_000,
}, async () => {
  const directory = await createPgliteDirectory()
  const database = await openPglite(directory.environment.DATA_DIR ?? '', () => undefined)
  try {
    await database.query('create table kept (number int)')
    await database.query('insert into kept values (1)')
    const broken = database.transaction(async (transaction) => {
      await transaction.query('insert into kept values (2)')
      await threads.at(-1)?.end()
      await transaction.query('insert into kept values (3)')
    })
    await expect(broken).rejects.toMatchObject({ code: '57P02' })
    expect(await database.query('select number from kept')).toEqual([{ number: 1 }])
    expect(threads).toHaveLength(2)
  } finally {
    await database.close()
    await directory.remove()
  }
  await expect(database.query('select 1')).rejects.toMatchObject({ code: '57P02' })
})

test('an answer is kept by nobody once it has been read', { timeout: 120_000 }, async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const directory = await createPgliteDirectory()
  const database = await openPglite(directory.environment.DATA_DIR ?? '', () => undefined)
  try {
    const ask = async () => new WeakRef(await database.query('select generate_series(1, 100) as number'))
    const answer = await ask()
    await vi.waitFor(
      async () => {
        // The last message of a thread is kept until the next.
        await database.query('select 1')
        collectGarbage()
        expect(answer.deref()).toBeUndefined()
      },
      { timeout: 10_000 },
    )
  } finally {
    await database.close()
    await directory.remove()
  }
})
