import type { Queryable } from './database.ts'
import { isPassing } from './patiently.ts'

/**
 * SQL, each asked alone, as a managed PostgreSQL may refuse some: the cluster; its timeline, which every recovery to a
 * point in time and every fail-over begins anew; the database and a table of it, which a restored dump makes anew.
 */
const MARKS = [
  'select system_identifier::text as mark from pg_control_system()',
  'select left(pg_walfile_name(pg_current_wal_lsn()), 8) as mark',
  "select concat_ws(' ', oid, 'imports'::regclass::oid) as mark from pg_database where datname = current_database()",
]

/** See `Database.lineage`. @throws Error that passes when the database cannot be reached */
export async function postgresLineage(database: Queryable): Promise<string> {
  const marks: string[] = []
  for (const sql of MARKS) {
    try {
      const [row] = await database.query<{ mark: string | null }>(sql)
      marks.push(row?.mark ?? '')
    } catch (error) {
      if (isPassing(error)) throw error
      marks.push('')
    }
  }
  return marks.join(' ')
}
