import type { Queryable, Transaction } from '../engine/database.ts'

/**
 * Most references of a connection that no delivery has borne yet, in each table of what is told of syncs: anybody who
 * has the token can name any. A sync mostly delivers within a day of its being made.
 */
export const MOST_WAITING = 1_000

/** What was told of a sync is kept so long while no delivery bears its reference: longer than a quarter of a year. */
export const MOST_WAITING_DAYS = 100

/** Tables of what is told of syncs, by the reference that a row bears, and when it was told. */
const TABLES = {
  sync_schedules: {
    toldAt: 'told_at',
    isOfSync: `syncs.sync_id = told.ref or (syncs.sync_id is null and syncs.plan_id = substr(told.ref, 6)
      and left(told.ref, 5) = 'plan:')`,
  },
  sync_alerts: { toldAt: 'set_at', isOfSync: 'syncs.sync_id = told.sync_id' },
  sync_guardrails: { toldAt: 'told_at', isOfSync: 'syncs.sync_id = told.sync_id' },
} as const

export type WaitingTable = keyof typeof TABLES

/** SQL: has a delivery of the connection borne the reference of a row `told`? */
function hasDelivered(table: WaitingTable): string {
  return `exists (select from syncs where syncs.connection_id = told.connection_id and (${TABLES[table].isOfSync}))`
}

/**
 * Is there room for one more reference that no delivery has borne? The connection is locked until the transaction
 * ends, so that callers at the same time count one after the other.
 */
export async function hasRoom(
  transaction: Transaction,
  table: WaitingTable,
  connectionId: number,
  most = MOST_WAITING,
): Promise<boolean> {
  await transaction.query('select id from connections where id = $1 for no key update', [connectionId])
  if ((await countWaiting(transaction, table, connectionId)) < most) return true
  // Those that have delivered meanwhile wait no more: it is looked for only here, since deliveries have more to do.
  await transaction.query(
    `update ${table} told set waiting = false where connection_id = $1 and waiting and ${hasDelivered(table)}`,
    [connectionId],
  )
  return (await countWaiting(transaction, table, connectionId)) < most
}

async function countWaiting(database: Queryable, table: WaitingTable, connectionId: number): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from ${table} where connection_id = $1 and waiting`,
    [connectionId],
  )
  return row?.count ?? 0
}

/** Deletes what was told so many days ago of references that no sync bears. */
export async function deleteWaiting(database: Queryable, days: number): Promise<void> {
  for (const table of Object.keys(TABLES) as WaitingTable[]) {
    await database.query(
      `delete from ${table} told where ${TABLES[table].toldAt} < now() - make_interval(days => $1)
         and not ${hasDelivered(table)}`,
      [days],
    )
  }
}
