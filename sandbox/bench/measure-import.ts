import { reserveServerUrl, startServer } from '../server-process.ts'
import type { Measurement } from './measurement.ts'
import { failed } from './measurement.ts'
import { readUse, resetPeak, useBetween } from './process-use.ts'
import { startStandIns } from './start-stand-ins.ts'

type ImportCase = { rows: number; latencyMs: number; concurrency: number }

const TOKEN = 'benchmark'

/** Imports a Look end to end: from Looker's call to the answer that says that all rows stand in Heap. */
export async function measureImport({ rows, latencyMs, concurrency }: ImportCase): Promise<Measurement> {
  const what = `import, Heap answers in ${latencyMs} ms, ${concurrency} requests in flight`
  const { port, url } = await reserveServerUrl()
  const standIns = await startStandIns({ actionUrl: url, token: TOKEN, rows, latencyMs })
  try {
    const server = await startServer(port, {
      LOOKER_TOKEN: TOKEN,
      LOOKER_URL: standIns.lookerUrl,
      HEAP_API_URL: standIns.heapUrl,
      HEAP_CONCURRENCY: String(concurrency),
      RESPONSE_DEADLINE: '7200',
    })
    try {
      await resetPeak(server.pid)
      const before = await readUse(server.pid)
      const start = performance.now()
      const { record, stored } = await standIns.deliver()
      const seconds = (performance.now() - start) / 1000
      const after = await readUse(server.pid)
      if (record.status !== 'success') return failed(rows, what, record.message)
      if (stored !== rows) return failed(rows, what, `Heap took ${stored} rows`)
      return { rows, what, seconds, ...useBetween(before, after), note: '' }
    } finally {
      await server.stop()
    }
  } finally {
    await standIns.stop()
  }
}
