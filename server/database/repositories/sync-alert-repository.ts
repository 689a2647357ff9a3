import type { Database } from '../engine/database.ts'
import { storableText } from '../engine/storable-text.ts'
import type { SyncCaller } from './sync-repository.ts'
import { hasRoom } from './waiting-refs.ts'

/** Who is told of a sync, as it is stored: with its secrets. */
export type StoredReceivers = {
  webhook: { url: string; secret: string } | null
  slackUrl: string | null
}

type Row = { webhookUrl: string | null; webhookSecret: string | null; slackUrl: string | null }

const COLUMNS = 'webhook_url as "webhookUrl", webhook_secret as "webhookSecret", slack_url as "slackUrl"'

const NOBODY: StoredReceivers = { webhook: null, slackUrl: null }

/** SQL: the row `told` of a sync; of a sync whose Looker is not known, by its random id alone. */
export const IS_TOLD_OF_SYNC = `told.connection_id = syncs.connection_id and told.sync_id = syncs.sync_id
  and (told.looker_origin = syncs.looker_origin or syncs.looker_origin = '')`

export type SyncAlertRepository = ReturnType<typeof createSyncAlertRepository>

/** Who is told of a sync's changes of state, besides the receivers of the server. */
export function createSyncAlertRepository(database: Database) {
  return {
    async find({ connectionId, origin }: SyncCaller, syncId: string): Promise<StoredReceivers> {
      const [row] = await database.query<Row>(
        `select ${COLUMNS} from sync_alerts where connection_id = $1 and looker_origin = $2 and sync_id = $3`,
        [connectionId, storableText(origin), syncId],
      )
      return toReceivers(row)
    },

    /** Those of a sync that has delivered, by its number. */
    async ofSync(sync: number): Promise<StoredReceivers> {
      const [row] = await database.query<Row>(
        `select ${COLUMNS} from syncs join sync_alerts told on ${IS_TOLD_OF_SYNC}
         where syncs.id = $1 order by set_at desc limit 1`,
        [sync],
      )
      return toReceivers(row)
    },

    /**
     * Keeps them; nobody is kept as none.
     *
     * @returns false, and nothing is changed, when too many syncs of the connection have them and have not delivered
     */
    save(
      { connectionId, origin }: SyncCaller,
      syncId: string,
      { webhook, slackUrl }: StoredReceivers,
    ): Promise<boolean> {
      const key = [connectionId, storableText(origin), syncId]
      return database.transaction(async (transaction) => {
        if (webhook === null && slackUrl === null) {
          await transaction.query(
            'delete from sync_alerts where connection_id = $1 and looker_origin = $2 and sync_id = $3',
            key,
          )
          return true
        }
        const values = [...key, webhook?.url ?? null, webhook?.secret ?? null, slackUrl]
        const changed = await transaction.query(
          `update sync_alerts set webhook_url = $4, webhook_secret = $5, slack_url = $6, set_at = now()
           where connection_id = $1 and looker_origin = $2 and sync_id = $3 returning 1`,
          values,
        )
        if (changed.length > 0) return true
        if (!(await hasRoom(transaction, 'sync_alerts', connectionId))) return false
        await transaction.query(
          `insert into sync_alerts (connection_id, looker_origin, sync_id, webhook_url, webhook_secret, slack_url)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (connection_id, looker_origin, sync_id) do update set webhook_url = excluded.webhook_url,
             webhook_secret = excluded.webhook_secret, slack_url = excluded.slack_url, set_at = now()`,
          values,
        )
        return true
      })
    },
  }
}

function toReceivers(row: Row | undefined): StoredReceivers {
  if (!row) return NOBODY
  const { webhookUrl: url, webhookSecret: secret, slackUrl } = row
  return { webhook: url !== null && secret !== null ? { url, secret } : null, slackUrl }
}
