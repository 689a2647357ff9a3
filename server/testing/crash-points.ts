import type { HeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'

/** An instant to kill the server at: when a row leaves Looker, a request reaches Heap or is stored there ... */
type CrashPoint =
  | { at: 'row' | 'request' | 'stored'; count: number }
  | { at: 'delay'; milliseconds: number }
  | { at: 'answer' }

const KINDS = ['row', 'request', 'stored', 'delay', 'answer'] as const

/** Longest random delay: about as long as a round takes when nobody disturbs it. */
const LONGEST_DELAY_MILLISECONDS = 2_000

export function pickCrashPoint(
  round: number,
  random: () => number,
  most: { rows: number; requests: number },
): CrashPoint {
  // All kinds take turns, so that a few rounds have each of them.
  const at = KINDS[round % KINDS.length] ?? 'answer'
  if (at === 'answer') return { at }
  if (at === 'delay') return { at, milliseconds: Math.floor(random() * LONGEST_DELAY_MILLISECONDS) }
  return { at, count: 1 + Math.floor(random() * (at === 'row' ? most.rows : most.requests)) }
}

/** Calls the kill at the very instant, from within Looker's or Heap's own code. */
export function createCrashTrigger(heap: HeapStandIn) {
  let point: CrashPoint = { at: 'answer' }
  let seen = 0
  let strike: () => void = () => undefined

  function count(at: CrashPoint['at']): void {
    if (point.at !== at || !('count' in point)) return
    seen += 1
    if (seen === point.count) strike()
  }

  heap.app.addHook('onRequest', async () => count('request'))
  heap.app.addHook('onSend', async () => count('stored'))
  return {
    onRow: () => count('row'),
    /** @returns disarms; tells whether it has struck */
    arm(next: CrashPoint, kill: () => void): () => boolean {
      let struck = false
      point = next
      seen = 0
      strike = () => {
        struck = true
        kill()
      }
      const timer = next.at === 'delay' ? setTimeout(() => strike(), next.milliseconds) : undefined
      return () => {
        clearTimeout(timer)
        strike = () => undefined
        return struck
      }
    },
  }
}
