import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BenchLook } from './looks/bench-look.ts'
import type { Measurement } from './measurement.ts'
import { failed } from './measurement.ts'
import { readUse, resetPeak, useBetween } from './process-use.ts'
import { checkDelivered } from './stand-ins/check-delivered.ts'
import { startStandIns } from './start-stand-ins.ts'

const PEER = fileURLToPath(new URL('processes/peer.ts', import.meta.url))

/** Imports a Look as Heap's own action did, with the same stand-ins and after the same warm-up. */
export async function measurePeer(look: BenchLook, warmUpRows: number): Promise<Measurement> {
  const standIns = await startStandIns({ token: '', latencyMs: 0 })
  const peer = fork(PEER, [JSON.stringify({ heapUrl: standIns.heapUrl })])
  const exited = once(peer, 'exit')
  try {
    const [{ url: actionUrl }] = (await once(peer, 'message')) as [{ url: string }]
    const pid = peer.pid ?? 0
    const idle = await readUse(pid)
    const warmUp = { ...look, rows: Math.min(look.rows, warmUpRows) }
    await standIns.deliver({ actionUrl, look: warmUp, environmentId: '99' })
    await resetPeak(pid)
    const [before, taken] = await Promise.all([readUse(pid), standIns.taken()])
    const delivered = await standIns.deliver({ actionUrl, look })
    const after = await readUse(pid)
    const problem = checkDelivered(delivered, taken, look.rows)
    if (problem !== null) return failed(look.rows, problem)
    return {
      rows: look.rows,
      seconds: delivered.record.milliseconds / 1000,
      peakBytes: useBetween(idle, after).peakBytes,
      cpuSeconds: useBetween(before, after).cpuSeconds,
      problem: null,
    }
  } finally {
    peer.kill()
    await exited
    await standIns.stop()
  }
}
