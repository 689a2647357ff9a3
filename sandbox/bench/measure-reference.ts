import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Measurement } from './measurement.ts'
import { failed } from './measurement.ts'
import { startStandIns } from './start-stand-ins.ts'

/** What the process of a reference tells. */
export type ReferenceResult = Pick<Measurement, 'rows' | 'peakBytes' | 'cpuSeconds'> & { seconds: number }

type ReferenceWay = 'json-parse' | 'oboe'

const TITLES = {
  'json-parse': 'only reading: whole text, JSON.parse',
  oboe: "only reading: oboe, as in Looker's hub",
} as const

/** Reads the same rows from the same stand-in with another parser, in a process of its own. */
export async function measureReference(rows: number, way: ReferenceWay): Promise<Measurement> {
  const what = TITLES[way]
  const standIns = await startStandIns({ actionUrl: 'http://127.0.0.1:9', token: '', rows, latencyMs: 0 })
  try {
    const child = fork(fileURLToPath(new URL('reference.ts', import.meta.url)), [way, standIns.rowsUrl], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    })
    let errors = ''
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      errors += piece
    })
    let result: ReferenceResult | undefined
    child.once('message', (message) => {
      result = message as ReferenceResult
    })
    await once(child, 'exit')
    if (!result)
      return failed(rows, what, /heap out of memory/.test(errors) ? 'out of memory' : lastLine(errors))
    if (result.rows !== rows) return failed(rows, what, `read ${result.rows} rows`)
    return { ...result, what, note: '' }
  } finally {
    await standIns.stop()
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
