import { access, constants } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { errorCode } from '../../../../shared/error-code.ts'
import type { Config } from '../../../config.ts'
import { describeStartFault } from '../../../database/engine/start-faults.ts'
import type { Outcome } from '../finding.ts'
import { fine, problem } from '../finding.ts'

const CONNECT_MS = 10_000

/** The oldest PostgreSQL that its makers still care for. */
const OLDEST = 14

const RIGHTS = `select current_setting('server_version') as version,
  current_setting('server_version_num')::int / 10000 as major,
  pg_is_in_recovery() as "isStandby",
  current_schema() is not null and has_schema_privilege(current_user, current_schema(), 'CREATE') as "makesTables",
  has_database_privilege(current_user, current_database(), 'CREATE')
    or exists (select from pg_namespace where nspname = 'pgboss') as "makesSchemas"`

type Rights = {
  version: string
  major: number
  isStandby: boolean
  makesTables: boolean
  makesSchemas: boolean
}

/** Is the database there, and may the server do in it what it does? Nothing is written. */
export async function checkDatabase({ databaseUrl, dataDirectory }: Config): Promise<Outcome> {
  return databaseUrl === undefined ? checkDirectory(resolve(dataDirectory)) : checkPostgres(databaseUrl)
}

async function checkPostgres(url: string): Promise<Outcome> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  })
  // A connection that breaks fails the query; unheard it would end the process as well.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const [rights] = (await client.query<Rights>(RIGHTS)).rows
    if (!rights) return problem('it answers nothing', 'Check what DATABASE_URL names.')
    if (rights.isStandby)
      return problem('it is a standby, which cannot be written', 'Name the primary in DATABASE_URL.')
    if (!rights.makesTables || !rights.makesSchemas) {
      return problem(
        `its user may not create ${rights.makesTables ? 'schemas' : 'tables'}`,
        'As its owner: grant create on database <name> to <user>; and grant create on schema public to <user>.',
      )
    }
    if (rights.major < OLDEST) {
      return problem(`PostgreSQL ${rights.version}`, `Use PostgreSQL ${OLDEST} or newer.`)
    }
    return fine(`PostgreSQL ${rights.version}`)
  } catch (error) {
    return problem('it cannot be used', describeStartFault(error, url).message)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Only one process can open the embedded database, so that it is only looked at. */
async function checkDirectory(directory: string): Promise<Outcome> {
  const fault = await access(directory, constants.W_OK).then(
    () => null,
    (error: unknown) => errorCode(error),
  )
  if (fault !== null) {
    return problem(
      `DATA_DIR (${directory}) ${fault === 'ENOENT' ? 'is not there' : 'cannot be written'}`,
      'Set DATA_DIR as the server has it, or let its user write there; or set DATABASE_URL.',
    )
  }
  const isThere = await access(join(directory, 'database')).then(
    () => true,
    () => false,
  )
  return isThere
    ? fine(`embedded, in ${directory}`)
    : problem(
        `there is no database in DATA_DIR (${directory})`,
        'Set DATA_DIR, or DATABASE_URL, as the server has it.',
      )
}
