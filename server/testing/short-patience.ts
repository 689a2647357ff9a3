import type { HeapTiming } from '../heap/pace/heap-timing.ts'
import { HEAP_TIMING } from '../heap/pace/heap-timing.ts'

/** For tests: what takes minutes with a sick Heap takes parts of a second. */
export const SHORT_PATIENCE: HeapTiming = {
  ...HEAP_TIMING,
  requestMs: 5_000,
  retry: { baseMs: 10, maxMs: 100, maxRetryAfterMs: 200 },
  breaker: { pauseMs: 30, maxPauseMs: 200, probeTimeoutMs: 10_000 },
  hiccupMs: 10,
  lookAgainMs: 20,
  pollMs: 20,
}
