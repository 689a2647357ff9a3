import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'

const CERTIFICATES = join(import.meta.dirname, 'certificates')

/** Of the authority that has signed the certificate of the door; nobody trusts it. */
export const PRIVATE_AUTHORITY = join(CERTIFICATES, 'ca.pem')

/** PostgreSQL's SSLRequest: its length, and a number that is no version. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** A door before a PostgreSQL on loopback that speaks TLS, with a certificate of a private authority. */
export async function openTlsDoor(targetPort: number) {
  const [cert, key] = await Promise.all(
    ['server.pem', 'server-key.pem'].map((name) => readFile(join(CERTIFICATES, name))),
  )
  const sockets = new Set<Socket>()

  function accept(client: Socket): void {
    sockets.add(client)
    client.on('error', () => undefined)
    client.once('data', (bytes: Buffer) => {
      if (!bytes.equals(SSL_REQUEST)) return client.destroy()
      client.write('S')
      const secure = new TLSSocket(client, { isServer: true, cert, key })
      const server = connect(targetPort, '127.0.0.1')
      sockets.add(server)
      for (const socket of [secure, server]) {
        socket.on('error', () => undefined)
        socket.on('close', () => {
          client.destroy()
          server.destroy()
        })
      }
      secure.pipe(server).pipe(secure)
    })
  }

  const listener = createServer(accept).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}
