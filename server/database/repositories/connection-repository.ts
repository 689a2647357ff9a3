import type { Database, Transaction } from '../engine/database.ts'

/** `action`: for Looker's calls. `extension`: for the exchange at `/api/token`, and nothing else. */
export type TokenKind = 'action' | 'extension'

export type ConnectionToken = { kind: TokenKind; hash: Uint8Array; createdAt: Date; endsAt: Date | null }

export type Connection = {
  id: number
  name: string
  tokens: readonly ConnectionToken[]
  /** Ids of the Heap environments that it may write; null: all of the server. */
  environments: readonly string[] | null
  /** Origins of its Looker; null: all of LOOKER_URL. */
  origins: readonly string[] | null
}

/** What a connection is narrowed to; what is left out stays as it is. */
export type Narrowing = Partial<Pick<Connection, 'environments' | 'origins'>>

type TokenRow = {
  connection: number
  kind: TokenKind
  token_hash: Uint8Array
  created_at: Date | string
  ends_at: Date | string | null
}

export type ConnectionRepository = ReturnType<typeof createConnectionRepository>

/** The Looker instances that may call us, with the tokens that are good now or were until lately. */
export function createConnectionRepository(database: Database) {
  return {
    async all(): Promise<Connection[]> {
      const rows = await database.query<Omit<Connection, 'tokens'>>(
        'select id, name, environments, origins from connections where removed_at is null order by id',
      )
      const tokens = await database.query<TokenRow>(
        `select connection_id as connection, kind, token_hash, created_at, ends_at from connection_tokens
         where ends_at is null or ends_at > now() order by id`,
      )
      const tokensOf = Map.groupBy(tokens, ({ connection }) => connection)
      return rows.map((row) => ({ ...row, tokens: (tokensOf.get(row.id) ?? []).map(toToken) }))
    },

    /** Adds a connection with its first tokens, unless there is one of that name. */
    async add(name: string, action: Uint8Array, extension?: Uint8Array): Promise<{ added: boolean }> {
      return database.transaction(async (transaction) => {
        const [row] = await insertConnection(transaction, name, action)
        if (!row) return { added: false }
        await insertToken(transaction, row.id, 'action', action)
        if (extension) await insertToken(transaction, row.id, 'extension', extension)
        return { added: true }
      })
    },

    /** Makes sure of a connection without tokens of its own, and lets go of tokens of these kinds. */
    async settle(name: string, actionHash: Uint8Array, configured: readonly TokenKind[]): Promise<void> {
      await database.transaction(async (transaction) => {
        await insertConnection(transaction, name, actionHash)
        const { id } = await lockConnection(transaction, name)
        await transaction.query(
          'delete from connection_tokens where connection_id = $1 and kind = any ($2::text[])',
          [id, [...configured]],
        )
        if (configured.includes('action')) await tellOlderServers(transaction, id, actionHash)
      })
    },

    /** Gives a connection its first token of a kind. @returns false when it has one */
    async addFirst(name: string, kind: TokenKind, hash: Uint8Array): Promise<boolean> {
      return database.transaction(async (transaction) => {
        const { id } = await lockConnection(transaction, name)
        const [known] = await transaction.query(
          `select 1 from connection_tokens
           where connection_id = $1 and kind = $2 and (ends_at is null or ends_at > now()) limit 1`,
          [id, kind],
        )
        if (known) return false
        await insertToken(transaction, id, kind, hash)
        if (kind === 'action') await tellOlderServers(transaction, id, hash)
        return true
      })
    },

    /** Adds a token; those of its kind before it end after so many hours. */
    async rotate(name: string, kind: TokenKind, hash: Uint8Array, keepHours: number): Promise<void> {
      await database.transaction(async (transaction) => {
        const { id } = await lockConnection(transaction, name)
        await transaction.query(
          `update connection_tokens set ends_at = least(ends_at, now() + make_interval(secs => $3))
           where connection_id = $1 and kind = $2`,
          [id, kind, keepHours * 3_600],
        )
        await transaction.query('delete from connection_tokens where ends_at <= now()')
        await insertToken(transaction, id, kind, hash)
        if (kind === 'action') await tellOlderServers(transaction, id, hash)
      })
    },

    async narrow(name: string, { environments, origins }: Narrowing): Promise<void> {
      await database.transaction(async (transaction) => {
        const { id } = await lockConnection(transaction, name)
        if (environments !== undefined) {
          await transaction.query('update connections set environments = $2::text[] where id = $1', [
            id,
            environments && [...environments],
          ])
        }
        if (origins !== undefined) {
          await transaction.query('update connections set origins = $2::text[] where id = $1', [
            id,
            origins && [...origins],
          ])
        }
      })
    },

    /** Its tokens are good for nothing any more and its name is free; what it imported is kept as long as ever. */
    async remove(name: string): Promise<void> {
      await database.transaction(async (transaction) => {
        const { id } = await lockConnection(transaction, name)
        await transaction.query('delete from connection_tokens where connection_id = $1', [id])
        await transaction.query(
          `update connections set removed_at = now(), token_hash = '\\x00', name = name || ' (removed ' || id || ')'
           where id = $1`,
          [id],
        )
      })
    },

    /** The random key of that name, which all processes share; the first one to ask makes it. */
    async serverKey(name: string, random: Uint8Array): Promise<Uint8Array> {
      await database.query('insert into server_keys (name, key) values ($1, $2) on conflict do nothing', [
        name,
        random,
      ])
      const [row] = await database.query<{ key: Uint8Array }>('select key from server_keys where name = $1', [
        name,
      ])
      if (!row) throw new Error('a key of the server went away')
      return new Uint8Array(row.key)
    },
  }
}

function toToken({ kind, token_hash, created_at, ends_at }: TokenRow): ConnectionToken {
  return {
    kind,
    hash: token_hash,
    createdAt: new Date(created_at),
    endsAt: ends_at === null ? null : new Date(ends_at),
  }
}

function insertConnection(transaction: Transaction, name: string, actionHash: Uint8Array) {
  return transaction.query<{ id: number }>(
    'insert into connections (name, token_hash) values ($1, $2) on conflict (name) do nothing returning id',
    [name, actionHash],
  )
}

async function insertToken(transaction: Transaction, id: number, kind: TokenKind, hash: Uint8Array) {
  await transaction.query(
    'insert into connection_tokens (connection_id, kind, token_hash) values ($1, $2, $3)',
    [id, kind, hash],
  )
}

async function tellOlderServers(transaction: Transaction, id: number, hash: Uint8Array): Promise<void> {
  await transaction.query('update connections set token_hash = $2 where id = $1 and token_hash <> $2', [
    id,
    hash,
  ])
}

async function lockConnection(transaction: Transaction, name: string): Promise<{ id: number }> {
  const [row] = await transaction.query<{ id: number }>(
    'select id from connections where name = $1 and removed_at is null for update',
    [name],
  )
  if (!row) throw new Error('the connection has been removed')
  return row
}
