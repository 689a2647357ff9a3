import { MINUTES_OF_DENIAL } from '../../../shared/report/import-message.ts'
import type { CircuitBreakerOptions } from './circuit-breaker.ts'
import type { RetryTiming } from './retry-timing.ts'
import { RETRY_TIMING } from './retry-timing.ts'

/** How patient the server is with Heap. All in milliseconds; tests make it short. */
export type HeapTiming = {
  /** For a whole request with its answer. */
  requestMs: number
  retry: RetryTiming
  breaker: CircuitBreakerOptions
  /** Longest pause after a single failure between good answers, which does not end a batch's turn. */
  hiccupMs: number
  /** How long a batch waits that came while another one probes a sick Heap. */
  lookAgainMs: number
  /** A batch that has taken this long lets others go before its next request. */
  turnMs: number
  /** How often to look for batches that other processes stored or that are due again. */
  pollMs: number
  /** Rows that Heap has not taken for so long are rejected. */
  giveUpMs: number
  /** After so long of nothing but denials an import is reported as failed; its rows are tried on. */
  deniedMs: number
}

export const HEAP_TIMING: HeapTiming = {
  requestMs: 60_000,
  retry: RETRY_TIMING,
  breaker: {},
  hiccupMs: 250,
  lookAgainMs: 2_000,
  turnMs: 5_000,
  pollMs: 500,
  giveUpMs: 24 * 3_600_000,
  deniedMs: MINUTES_OF_DENIAL * 60_000,
}
