import type { Database, SqlRow, SqlValue } from '../../../server/database/engine/database.ts'

/** A database that also keeps how it answers each of its statements. */
export function withPlans(database: Database) {
  const plans: string[] = []
  return {
    plans,
    database: {
      ...database,
      async query<R extends object = SqlRow>(sql: string, values: readonly SqlValue[] = []): Promise<R[]> {
        const lines = await database.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values)
        plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
        return database.query<R>(sql, values)
      },
    },
  }
}

/** Tables that grow with every import. */
const LARGE = ['imports', 'rejected_rows', 'rejection_counts', 'syncs']

/** The tables that plans read from one end to the other though they are large. */
export function scannedTables(plans: readonly string[]): string[] {
  const scanned = plans.flatMap((plan) =>
    [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table ?? ''),
  )
  return [...new Set(scanned)].filter((table) => LARGE.includes(table))
}
