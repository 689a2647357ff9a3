import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { LookerError } from '../looker-error.ts'
import { allBytes } from '../testing/bytes.ts'
import type { Download, DownloadOptions } from './download.ts'
import { openDownload } from './download.ts'

const stops: (() => void)[] = []

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** An HTTP server on the loopback: its origin, what was asked of it, and its open sockets. */
async function serve(handler: Handler) {
  const requests: IncomingMessage[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    requests.push(request)
    handler(request, response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, requests, sockets }
}

type Looker = Awaited<ReturnType<typeof serve>>

function open(looker: Looker, options: Partial<DownloadOptions> = {}): Promise<Download> {
  return openDownload(`${looker.origin}/downloads/TOKEN?key=TOKEN`, { origins: [looker.origin], ...options })
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(LookerError)
  const { message } = error as LookerError
  expect(message).not.toContain('TOKEN')
  return message
}

async function readAll(download: Promise<Download>): Promise<Buffer> {
  return allBytes(await download)
}

async function expectFreed(looker: Looker): Promise<void> {
  await vi.waitFor(() => expect(looker.sockets.size).toBe(0))
}

describe('a download', () => {
  it('is one GET that asks for no compression, and frees its connection', async () => {
    const looker = await serve((_request, response) => response.end('{"data":[]}'))
    expect((await readAll(open(looker))).toString()).toBe('{"data":[]}')
    expect(looker.requests.map(({ method, url }) => [method, url])).toEqual([
      ['GET', '/downloads/TOKEN?key=TOKEN'],
    ])
    expect(looker.requests[0]?.headers['accept-encoding']).toBe('identity')
    await expectFreed(looker)
  })

  it('frees its connection when the reader stops early', async () => {
    const looker = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1000)), 1)
      response.on('close', () => clearInterval(timer))
    })
    for await (const _chunk of await open(looker)) break
    await expectFreed(looker)
  })

  it('frees its connection when it is closed unread', async () => {
    const looker = await serve((_request, response) => response.write('x'))
    const download = await open(looker)
    await download.close()
    await expectFreed(looker)
  })

  it('is read no faster than its reader', async () => {
    let sent = 0
    const looker = await serve((_request, response) => {
      const more = () => {
        while (sent < 100_000_000 && response.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024
      }
      response.on('drain', more)
      more()
    })
    const download = await open(looker)
    await sleep(300)
    expect(sent).toBeLessThan(50_000_000)
    await download.close()
  })
})

describe('redirects', () => {
  function redirecting(location: (looker: Looker, hop: number) => string) {
    const started: Promise<Looker> = serve(async (request, response) => {
      const looker = await started
      const hop = Number(new URL(request.url ?? '', looker.origin).searchParams.get('hop') ?? 0)
      const target = location(looker, hop)
      if (target === '') response.end('here')
      else response.writeHead(302, { location: target }).end('moved')
    })
    return started
  }

  it('are followed within the origin, up to five times', async () => {
    const five = await redirecting((_looker, hop) => (hop < 5 ? `?hop=${hop + 1}` : ''))
    expect((await readAll(open(five))).toString()).toBe('here')
    const six = await redirecting((_looker, hop) => (hop < 6 ? `?hop=${hop + 1}` : ''))
    expect(await failure(open(six))).toContain('more than 5 times')
    await expectFreed(five)
    await expectFreed(six)
  })

  it('are followed to another listed origin, not to an unlisted one', async () => {
    const other = await serve((_request, response) => response.end('other'))
    const looker = await redirecting(() => `${other.origin}/TOKEN`)
    const origins = [looker.origin, other.origin]
    expect((await readAll(open(looker, { origins }))).toString()).toBe('other')
    expect(await failure(open(looker))).toContain(`belongs to ${other.origin}, which is not among`)
    expect(other.requests).toHaveLength(1)
    await expectFreed(looker)
  })

  it.each(['', 'http://user:pw@127.0.0.1/', 'file:///etc/passwd', 'http://['])(
    'to %j are refused',
    async (location) => {
      const looker = await serve((_request, response) => {
        response.writeHead(307, location === '' ? {} : { location }).end()
      })
      await failure(open(looker))
      await expectFreed(looker)
    },
  )
})

describe('an answer that is no result', () => {
  it.each([
    [404, 'already used or has expired (status 404). Send the Look again.'],
    [410, 'already used or has expired'],
    [401, 'refused to hand over the result (status 401)'],
    [500, 'answered the download with status 500'],
    [204, 'answered the download with status 204'],
    [206, 'answered the download with status 206'],
  ])('of status %i is a failure', async (status, message) => {
    const looker = await serve((_request, response) => response.writeHead(status).end())
    expect(await failure(open(looker))).toContain(message)
    await expectFreed(looker)
    expect(looker.requests).toHaveLength(1)
  })

  it('that is compressed is a failure', async () => {
    const looker = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    )
    expect(await failure(open(looker))).toContain('compressed')
    await expectFreed(looker)
  })
})

describe('a broken connection', () => {
  it('before the answer is a failure, and is not tried again', async () => {
    const looker = await serve((request) => request.socket.resetAndDestroy())
    expect(await failure(open(looker))).toBe(
      `The connection to ${looker.origin} broke before the result began. Send the Look again.`,
    )
    expect(looker.requests).toHaveLength(1)
  })

  it.each([
    ['ends before its content-length', { 'content-length': '100' }, (socket: Socket) => socket.end()],
    ['ends in the middle of a chunk', {}, (socket: Socket) => socket.end()],
    ['is reset', {}, (socket: Socket) => socket.resetAndDestroy()],
  ])('that %s is a failure', async (_name, headers, end) => {
    const looker = await serve((request, response) => {
      response.writeHead(200, headers).write('{"data":[')
      setTimeout(() => end(request.socket), 30)
    })
    expect(await failure(readAll(open(looker)))).toContain('broke in the middle of the result')
    await expectFreed(looker)
  })

  it('between opening and reading does not end the process', async () => {
    const looker = await serve((request, response) => {
      response.writeHead(200).write('x')
      setTimeout(() => request.socket.resetAndDestroy(), 10)
    })
    const download = await open(looker)
    await sleep(60)
    expect(await failure(allBytes(download))).toContain('broke in the middle')
  })

  it('that nobody accepts is a failure', async () => {
    const looker = await serve(() => {})
    for (const stop of stops.splice(0)) stop()
    expect(await failure(open(looker))).toContain(`could not be reached at ${looker.origin}`)
  })
})

describe('time-outs', () => {
  it('end the wait for the first byte', async () => {
    const looker = await serve(() => {})
    expect(await failure(open(looker, { timeouts: { firstByteMs: 100 } }))).toContain('did not begin')
    await expectFreed(looker)
  })

  it('end the wait between chunks', async () => {
    const looker = await serve((_request, response) => response.write('x'))
    expect(await failure(readAll(open(looker, { timeouts: { idleMs: 100 } })))).toContain(
      'nothing more for 0.1 seconds',
    )
    await expectFreed(looker)
  })

  it('do not count the time in which the reader is busy', async () => {
    const looker = await serve((_request, response) => response.end('x'.repeat(3_000_000)))
    let length = 0
    for await (const chunk of await open(looker, { timeouts: { idleMs: 100 } })) {
      if (length === 0) await sleep(400)
      length += chunk.length
    }
    expect(length).toBe(3_000_000)
  })

  it('end the connecting, TLS included', async () => {
    const sockets: Socket[] = []
    const silent = createTcpServer((socket) => sockets.push(socket.on('error', () => {})))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    stops.push(() => {
      silent.close()
      for (const socket of sockets) socket.destroy()
    })
    const origin = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const download = openDownload(`${origin}/TOKEN`, { origins: [origin], timeouts: { connectMs: 100 } })
    expect(await failure(download)).toContain('within 0.1 seconds')
  })

  it.each(['before', 'in'])('are cut short by a signal %s the body', async (place) => {
    const looker = await serve((_request, response) => {
      if (place === 'in') response.write('x')
    })
    const signal = AbortSignal.timeout(80)
    expect(await failure(readAll(open(looker, { signal })))).toContain('was cancelled')
    await expectFreed(looker)
  })
})

describe('host names', () => {
  const asked = (...addresses: string[]) => {
    return vi.fn(async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
  }

  it('are refused when any of their addresses is not public', async () => {
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::1'], ['::ffff:169.254.169.254']]) {
      const resolve = asked(...addresses)
      const message = await failure(openDownload('https://looker.example/TOKEN', { origins: [], resolve }))
      expect(message).toContain('https://looker.example, which is not on the public Internet')
      for (const address of addresses) expect(message).not.toContain(address)
    }
  })

  it('are resolved once, so that a later answer cannot change the address', async () => {
    const looker = await serve((_request, response) => response.end('ok'))
    const resolve = asked('127.0.0.1')
    const origin = `http://looker.example:${looker.port}`
    const download = openDownload(`${origin}/x`, { origins: [origin], resolve })
    expect((await readAll(download)).toString()).toBe('ok')
    expect(resolve).toHaveBeenCalledTimes(1)
  })

  it('that do not exist are a failure', async () => {
    const resolve = async () => []
    const message = await failure(openDownload('https://looker.example/TOKEN', { origins: [], resolve }))
    expect(message).toContain('host name of https://looker.example cannot be found')
  })
})
