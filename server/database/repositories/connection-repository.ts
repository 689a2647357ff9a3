import type { Queryable } from '../engine/database.ts'

export type Connection = { id: number; name: string; tokenHash: Uint8Array }

export type ConnectionRepository = ReturnType<typeof createConnectionRepository>

/** The Looker instances that may call us. */
export function createConnectionRepository(database: Queryable) {
  return {
    async all(): Promise<Connection[]> {
      const rows = await database.query<{ id: number; name: string; token_hash: Uint8Array }>(
        'select id, name, token_hash from connections order by id',
      )
      return rows.map(({ id, name, token_hash }) => ({ id, name, tokenHash: token_hash }))
    },

    /** Adds a connection, unless there is one of that name. */
    async add(name: string, tokenHash: Uint8Array): Promise<{ added: boolean }> {
      const rows = await database.query(
        'insert into connections (name, token_hash) values ($1, $2) on conflict (name) do nothing returning id',
        [name, tokenHash],
      )
      return { added: rows.length > 0 }
    },

    /** Sets the token of a connection, which is added when there is none of that name. */
    async setToken(name: string, tokenHash: Uint8Array): Promise<void> {
      await database.query(
        `insert into connections (name, token_hash) values ($1, $2)
         on conflict (name) do update set token_hash = excluded.token_hash
         where connections.token_hash <> excluded.token_hash`,
        [name, tokenHash],
      )
    },
  }
}
