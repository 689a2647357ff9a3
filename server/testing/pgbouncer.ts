import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../sandbox/free-port.ts'
import { waitFor } from './wait-for.ts'

/** Where Debian puts it, or PGBOUNCER says it is; undefined: this machine has none. */
export const PGBOUNCER = [process.env.PGBOUNCER ?? '', '/usr/sbin/pgbouncer'].find((path) => existsSync(path))

/** A pgbouncer before a PostgreSQL that gives a connection away after each transaction. */
export async function startPgbouncer(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const directory = await mkdtemp(join(tmpdir(), 'heap-import-pgbouncer-'))
  await chmod(directory, 0o755)
  const port = await freePort()
  const name = target.pathname.slice(1)
  const to = `host=${target.hostname} port=${target.port} dbname=${name} user=${target.username} password=${target.password}`
  await writeFile(join(directory, 'users.txt'), `"${target.username}" "${target.password}"\n`)
  await writeFile(
    join(directory, 'pgbouncer.ini'),
    [
      '[databases]',
      `${name} = ${to}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'pool_mode = transaction',
      // Fewer than the servers ask for: they share them.
      'default_pool_size = 6',
      'auth_type = plain',
      `auth_file = ${join(directory, 'users.txt')}`,
      '',
    ].join('\n'),
  )
  // It refuses to run as root.
  const as = userInfo().uid === 0 ? ['-u', 'nobody'] : []
  const child = spawn(PGBOUNCER ?? 'pgbouncer', [...as, join(directory, 'pgbouncer.ini')], {
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve())
    child.on('error', () => resolve())
  })
  await waitFor(() => canConnect(port), 'pgbouncer', 10_000)
  return {
    url: Object.assign(new URL(databaseUrl), { port: String(port) }).href,
    async stop(): Promise<void> {
      child.kill('SIGKILL')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
