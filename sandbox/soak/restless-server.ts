import { setTimeout as sleep } from 'node:timers/promises'
import { readUse } from '../bench/process-use.ts'
import { runServer } from '../server-process.ts'

/** How the server was ended, and how long it took to be ready again. */
type Ending = { signal: 'SIGKILL' | 'SIGTERM'; seconds: number }

/** Resident memory in MB, after so many minutes of the soak and of the process. */
export type MemorySample = { minute: number; processMinutes: number; megabytes: number }

export type RestlessServer = Awaited<ReturnType<typeof runRestlessServer>>

/** The action server in a process of its own, which is ended in both ways and started again. */
export async function runRestlessServer(script: URL, port: number, environment: Record<string, string>) {
  const begin = performance.now()
  const endings: Ending[] = []
  const memory: MemorySample[] = []
  let server = await runServer(port, environment, script)
  let startedAt = performance.now()

  const sampling = setInterval(async () => {
    const use = await readUse(server.pid)
    if (use) {
      memory.push({
        minute: (performance.now() - begin) / 60_000,
        processMinutes: (performance.now() - startedAt) / 60_000,
        megabytes: Math.round(use.bytesNow / 1e6),
      })
    }
  }, 10_000)

  return {
    endings: endings as readonly Ending[],
    memory: memory as readonly MemorySample[],
    log: () => server.log(),
    isRunning: () => server.isRunning(),
    async restart(signal: Ending['signal'], pauseMilliseconds: number): Promise<void> {
      const ended = performance.now()
      await server.end(signal)
      await sleep(pauseMilliseconds)
      server = await runServer(port, environment, script)
      startedAt = performance.now()
      endings.push({ signal, seconds: (startedAt - ended) / 1_000 })
    },
    async stop(): Promise<number | null> {
      clearInterval(sampling)
      return server.end('SIGTERM')
    },
  }
}
