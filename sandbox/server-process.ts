import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

const SERVER = fileURLToPath(new URL('../server/main.ts', import.meta.url))

/** The first start makes a database; a slow machine needs its time for that. */
const START_SECONDS = 120

/** The server gives itself 20 s to stop. */
const STOP_SECONDS = 25

/** How much of the server's log is kept for the case that it fails. */
const LOG_CHARACTERS = 8_000

/** Settings that are the sandbox's own: whatever the shell has set for a real server must not get in. */
const OWN = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'LOOKER_TOKEN',
  'EXTENSION_SECRET',
  'METRICS_TOKEN',
  'HEAP_ENVIRONMENTS',
  'TRUST_PROXY',
  'LOOKER_URL',
  'HEAP_API_URL',
  'DATABASE_URL',
  'DATA_DIR',
]

/** A port and the URL that a server will have there, for those that must know it before it starts. */
export async function reserveServerUrl(): Promise<{ port: number; url: string }> {
  const port = await freePort()
  return { port, url: `http://127.0.0.1:${port}` }
}

/**
 * Starts the action server as a process of its own, with a data directory that goes when it stops.
 *
 * @param environment is added to the settings of this process
 * @param nodeArguments for Node itself, as `--cpu-prof`
 * @returns when it is ready to take deliveries
 */
export async function startServer(
  port: number,
  environment: Record<string, string>,
  nodeArguments: readonly string[] = [],
) {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'heap-import-sandbox-'))
  const removeData = () => rm(dataDirectory, { recursive: true, force: true })
  try {
    const settings = { DATA_DIR: dataDirectory, ...environment }
    const server = await runServer(port, settings, undefined, nodeArguments)
    const stop = async (): Promise<void> => {
      await server.end('SIGTERM')
      await removeData()
    }
    return { ...server, stop }
  } catch (error) {
    await removeData()
    throw error
  }
}

/**
 * Runs the action server as its users do, on a database that outlives it. A server that is not ready in time
 * is ended.
 *
 * @param environment must name the database: DATA_DIR or DATABASE_URL
 * @param script what to run instead of the server's own main file
 * @param nodeArguments for Node itself, as `--cpu-prof`
 */
export async function runServer(
  port: number,
  environment: Record<string, string>,
  script?: URL,
  nodeArguments: readonly string[] = [],
) {
  const url = `http://127.0.0.1:${port}`
  const inherited = Object.entries(process.env).filter(([name]) => !OWN.includes(name))
  const child = spawn(process.execPath, [...nodeArguments, script ? fileURLToPath(script) : SERVER], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      LOG_LEVEL: 'warn',
      ...Object.fromEntries(inherited),
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: url,
      ...environment,
    },
  })
  const exited = once(child, 'exit')
  const log = keepLog(child)

  /** Sends a signal and waits for the end. @returns the exit code; null after a kill */
  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (isRunning(child)) child.kill(signal)
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1000)
    await exited
    clearTimeout(forced)
    return child.exitCode
  }

  try {
    await waitUntilReady(child, url, log)
  } catch (error) {
    await end('SIGTERM')
    throw error
  }
  return { url, pid: child.pid ?? 0, log, end, isRunning: () => isRunning(child) }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

function keepLog(child: ChildProcess): () => string {
  let text = ''
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (piece: string) => {
      text = (text + piece).slice(-LOG_CHARACTERS)
    })
  }
  return () => text
}

async function waitUntilReady(child: ChildProcess, url: string, log: () => string): Promise<void> {
  const deadline = Date.now() + START_SECONDS * 1000
  while (Date.now() < deadline) {
    if (!isRunning(child)) throw new Error(`The action server ended while it was starting:\n${log()}`)
    const ready = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await delay(100)
  }
  throw new Error(`The action server was not ready after ${START_SECONDS} seconds:\n${log()}`)
}
