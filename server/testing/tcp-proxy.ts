import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/**
 * What befalls a connection at a statement: `cut` before the server gets it; `answer lost` after the server
 * has done it; `mute`: from then on nothing gets through in either direction, and nobody is told.
 */
export type ConnectionFault = 'cut' | 'answer lost' | 'mute'

type ArmedFault = { statement: RegExp; fault: ConnectionFault; befallen: () => void }

type Link = {
  client: Socket
  server: Socket
  state: 'open' | 'losing' | 'mute'
  /** Has the server taken the user in? */
  entered: boolean
  /** Since the server was last idle. */
  sent: string
}

/** PostgreSQL's ReadyForQuery outside a transaction: what was sent before is done. */
const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

export type TcpProxy = Awaited<ReturnType<typeof startTcpProxy>>

/** A proxy before a PostgreSQL on loopback that breaks connections in the ways networks do. */
export async function startTcpProxy(targetPort: number) {
  const links = new Set<Link>()
  const armed = new Set<ArmedFault>()
  let mute = false
  let listener = await listen(0)
  const { port } = listener.address() as AddressInfo

  async function listen(wanted: number): Promise<Server> {
    const server = createServer(accept).listen(wanted, '127.0.0.1')
    await once(server, 'listening')
    return server
  }

  function accept(client: Socket): void {
    const server = connect(targetPort, '127.0.0.1')
    const link: Link = { client, server, state: 'open', entered: false, sent: '' }
    links.add(link)
    if (mute) silence(link)
    client.on('data', (bytes: Buffer) => fromClient(link, bytes))
    server.on('data', (bytes: Buffer) => fromServer(link, bytes))
    for (const socket of [client, server]) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        // The other side of a mute connection learns nothing.
        if (link.state !== 'mute') end(link)
      })
    }
  }

  function silence(link: Link): void {
    link.state = 'mute'
    // Others could neither make nor drop databases while PostgreSQL waits for somebody to say who he is.
    if (!link.entered) link.server.destroy()
  }

  function end(link: Link): void {
    links.delete(link)
    link.client.destroy()
    link.server.destroy()
  }

  function fromClient(link: Link, bytes: Buffer): void {
    if (link.state !== 'open') return
    link.sent += bytes.toString('latin1')
    for (const entry of armed) {
      if (!entry.statement.test(link.sent)) continue
      armed.delete(entry)
      entry.befallen()
      link.state = 'losing'
      if (entry.fault === 'cut') end(link)
      if (entry.fault === 'mute') silence(link)
      if (entry.fault !== 'answer lost') return
    }
    link.server.write(bytes)
  }

  function fromServer(link: Link, bytes: Buffer): void {
    if (link.state === 'losing') end(link)
    if (link.state !== 'open') return
    if (bytes.subarray(-IDLE.length).equals(IDLE)) {
      link.entered = true
      link.sent = ''
    }
    link.client.write(bytes)
  }

  return {
    port,
    /** A fault for the next connection whose transaction so far matches. @returns resolves when it happens */
    befall: (statement: RegExp, fault: ConnectionFault) =>
      new Promise<void>((resolve) => {
        armed.add({ statement, fault, befallen: resolve })
      }),
    /** Breaks all connections and takes no new ones. */
    async refuse(): Promise<void> {
      for (const link of links) end(link)
      const closed = once(listener, 'close')
      listener.close()
      await closed
    },
    /** Leaves all connections half-open for ever, and new ones as well until `open`. */
    goMute(): void {
      mute = true
      for (const link of links) silence(link)
    },
    /** New connections get through again. */
    async open(): Promise<void> {
      mute = false
      if (!listener.listening) listener = await listen(port)
    },
    async close(): Promise<void> {
      for (const link of links) end(link)
      if (listener.listening) listener.close()
    },
  }
}
