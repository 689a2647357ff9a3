import type { Queryable } from './engine/database.ts'

/** Any number that no other user of the database locks: the letters "heap" in ASCII. */
export const MIGRATION_LOCK = 0x68656170

type Session = { pid: number; application: string | null; user: string | null; since: string | null }

const SESSION_COLUMNS = `activity.pid, activity.application_name as application, activity.usename as "user",
  to_char(activity.xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') as since`

/** The server that brings the tables up to date, for a sentence; it may have ended just now. */
export async function findMigrator(database: Queryable): Promise<string> {
  const sessions = await database.query<Session>(
    `select ${SESSION_COLUMNS} from pg_locks left join pg_stat_activity activity using (pid)
     where locktype = 'advisory' and classid = 0 and objid = $1 and objsubid = 1 and granted
       and pg_locks.database = (select oid from pg_database where datname = current_database())`,
    [MIGRATION_LOCK],
  )
  return sessions.length === 0 ? 'another server' : `another server (${nameSessions(sessions)})`
}

/** Who holds what a session of PostgreSQL waits for, for a sentence; empty: nobody. */
export async function findBlockers(database: Queryable, process: number): Promise<string> {
  const sessions = await database.query<Session>(
    `select ${SESSION_COLUMNS} from pg_stat_activity activity where pid = any (pg_blocking_pids($1))
     order by xact_start`,
    [process],
  )
  return nameSessions(sessions)
}

/** What somebody who has to end it needs to know; no statement, as it may hold values of cells. */
function nameSessions(sessions: readonly Session[]): string {
  return sessions
    .map(({ pid, application, user, since }) =>
      [
        `PostgreSQL process ${pid}`,
        application ? `of ${JSON.stringify(application)}` : '',
        user ? `as user ${JSON.stringify(user)}` : '',
        since ? `in a transaction since ${since}` : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    )
    .join(', ')
}

/** Makes a log of waits that says a thing once, and again when it has lasted. */
export function createWaitLog(onWait: (error: Error) => void, everyMs: number): (text: string) => void {
  let last = { text: '', at: 0 }
  return (text) => {
    const now = performance.now()
    if (text === last.text && now - last.at < everyMs) return
    last = { text, at: now }
    onWait(new Error(text))
  }
}
