import { afterEach, expect, test } from 'vitest'
import { createPgliteDirectory, createPostgresDatabase } from '../../testing/engines.ts'
import type { Database } from '../engine/database.ts'
import { openDatabase } from '../open-database.ts'
import { startBatchQueue } from './batch-queue.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** As many queues as processes would have, each with connections of its own, on one database. */
async function startQueues(count: number) {
  const { environment, remove } = await createPostgresDatabase()
  cleanups.push(remove)
  const open = async () => {
    const onError = () => undefined
    const database = await openDatabase({ url: environment.DATABASE_URL, dataDirectory: '', onError })
    cleanups.push(database.close)
    const queue = await startBatchQueue(database, onError)
    cleanups.push(queue.stop)
    return { database, queue }
  }
  return Promise.all(Array.from({ length: count }, open))
}

function insertBatches(
  database: Database,
  queue: Awaited<ReturnType<typeof startBatchQueue>>,
  count: number,
) {
  return database.transaction((transaction) =>
    queue.insert(
      transaction,
      Array.from({ length: count }, (_, index) => ({ importId: 1, number: index + 1, environmentId: '11' })),
    ),
  )
}

test('several processes that start at once on an empty database share one queue', async () => {
  const processes = await startQueues(4)
  const [first] = processes
  await insertBatches(first!.database, first!.queue, 4)
  const taken = await Promise.all(processes.map(({ queue }) => queue.takeJobs(1, [])))
  expect(
    taken
      .flat()
      .map(({ number }) => number)
      .sort(),
  ).toEqual([1, 2, 3, 4])
}, 120_000)

test('what goes first is taken first, and environments are passed over', async () => {
  const [own] = await startQueues(1)
  const { database, queue } = own!
  await database.transaction((transaction) =>
    queue.insert(
      transaction,
      [5, 3, 4, 1, 2].map((number) => ({ importId: 1, number, environmentId: number === 1 ? '12' : '11' })),
    ),
  )
  const numbers = async (count: number, passedOver: string[]) =>
    (await queue.takeJobs(count, passedOver)).map(({ number }) => number).sort()
  expect(await numbers(2, ['12'])).toEqual([2, 3])
  expect(await numbers(2, [])).toEqual([1, 4])
}, 120_000)

test('what the last process of an embedded database had in hand can be taken at the next start', async () => {
  const { environment, remove } = await createPgliteDirectory()
  cleanups.push(remove)
  const onError = () => undefined
  const database = await openDatabase({
    url: undefined,
    dataDirectory: environment.DATA_DIR ?? '',
    onError,
  })
  cleanups.push(database.close)
  const first = await startBatchQueue(database, onError)
  await insertBatches(database, first, 6)
  expect(await first.takeJobs(4, [])).toHaveLength(4)
  await first.stop()

  const second = await startBatchQueue(database, onError)
  cleanups.push(second.stop)
  const taken = await second.takeJobs(4, [])
  expect(taken.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4])
}, 120_000)
