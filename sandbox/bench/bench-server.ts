import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SANDBOX_TOKEN } from '../sandbox-token.ts'
import { reserveServerUrl, startServer } from '../server-process.ts'
import type { BenchContext } from './bench-context.ts'
import type { Engine } from './engines.ts'
import type { ProfileWindow } from './profile/fold-profile.ts'
import { readStages } from './profile/read-stages.ts'
import type { StandIns } from './start-stand-ins.ts'

export const TOKEN = SANDBOX_TOKEN

type BenchServerOptions = {
  engine: Engine
  /** Requests to Heap in flight. */
  concurrency: number
}

export type BenchServer = Awaited<ReturnType<typeof startBenchServer>>

/** Starts the server as its users do, on a fresh database, between the stand-ins. */
export async function startBenchServer(
  { engine, concurrency }: BenchServerOptions,
  standIns: StandIns,
  { databases, profile }: BenchContext,
) {
  const database = await databases.create(engine)
  const servers: Awaited<ReturnType<typeof startServer>>[] = []
  const profiles = profile ? await mkdtemp(path.join(tmpdir(), 'heap-import-profile-')) : null

  async function start() {
    const { port } = await reserveServerUrl()
    const server = await startServer(
      port,
      {
        LOOKER_TOKEN: TOKEN,
        LOOKER_URL: standIns.lookerUrl,
        HEAP_API_URL: standIns.heapUrl,
        HEAP_CONCURRENCY: String(concurrency),
        RESPONSE_DEADLINE: '7200',
        ...database.environment,
      },
      profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`],
    )
    servers.push(server)
    return server
  }

  let stages: ReadonlyMap<string, number> | undefined
  async function stopAll(window: ProfileWindow | undefined): Promise<void> {
    for (const server of servers) await server.stop()
    await database.remove()
    if (profiles === null) return
    if (window) stages = await readStages(profiles, window)
    await rm(profiles, { recursive: true, force: true })
  }

  let stopping: Promise<void> | undefined
  function stop(window?: ProfileWindow): Promise<void> {
    stopping ??= stopAll(window)
    return stopping
  }

  const { url, pid } = await start()
  return {
    url,
    pid,
    /** Starts one more process on the same database. */
    startAnother: start,
    stop: () => stop(),
    /** Stops it, as a process writes its profile at its end. @returns processor seconds by stage within a time */
    async stopAndProfile(window: ProfileWindow): Promise<ReadonlyMap<string, number> | undefined> {
      await stop(window)
      return stages
    },
  }
}
