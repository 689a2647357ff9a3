import type { TestDatabase } from './engines.ts'
import { createPostgresDatabase } from './engines.ts'
import type { TcpProxy } from './tcp-proxy.ts'
import { startTcpProxy } from './tcp-proxy.ts'

type ProxiedDatabase = TestDatabase & {
  proxy: TcpProxy
  /** The same database without the proxy between. */
  directUrl: string
}

/** A fresh PostgreSQL database behind a proxy that can break connections. */
export async function createProxiedDatabase(): Promise<ProxiedDatabase> {
  const database = await createPostgresDatabase()
  const directUrl = database.environment.DATABASE_URL ?? ''
  const url = new URL(directUrl)
  const proxy = await startTcpProxy(Number(url.port))
  url.port = String(proxy.port)
  return {
    environment: { DATABASE_URL: url.href },
    proxy,
    directUrl,
    async remove() {
      await proxy.close()
      await database.remove()
    },
  }
}
