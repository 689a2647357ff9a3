export type CircuitBreakerOptions = {
  /** Failures in a row until the circuit opens. */
  threshold?: number
  /** How long it stays open first; twice as long after every probe that fails. */
  pauseMs?: number
  maxPauseMs?: number
  /** A probe that was never reported (its worker died) blocks the next one for this long. */
  probeTimeoutMs?: number
}

type Circuit =
  | { kind: 'closed'; failures: number }
  /** `isGivingUp`: the last probe, with rows that had waited too long, has failed as well. */
  | { kind: 'open'; until: number; pauseMs: number; isGivingUp: boolean }
  | { kind: 'probing'; since: number; pauseMs: number }

type CircuitFailure = {
  /** What Heap asks for. */
  retryAfterMs?: number
  /** It opens the circuit at once, as the next request will not fare better. */
  isCertain?: boolean
  /** The rows of the request have waited too long already: when it was the probe, the others may be given up. */
  isTooOld?: boolean
}

export type CircuitBreaker = ReturnType<typeof createCircuitBreaker>

/**
 * Stops one environment's requests while Heap is sick, instead of letting every batch find out by itself.
 * It opens after several failures in a row, or at once for as long as Heap's Retry-After says; then a single
 * probe decides. After a probe in vain with rows that had waited too long others of that age are given up
 * unsent; that is a part of being open, so it ends with the next probe. Times are milliseconds of one clock,
 * given by the caller.
 */
export function createCircuitBreaker(options: CircuitBreakerOptions = {}) {
  const { threshold = 5, pauseMs: firstPauseMs = 2_000, maxPauseMs = 5 * 60_000 } = options
  const { probeTimeoutMs = 120_000 } = options
  let circuit: Circuit = { kind: 'closed', failures: 0 }

  function open(now: number, pauseMs: number, retryAfterMs: number, isGivingUp = false): void {
    circuit = { kind: 'open', until: now + Math.max(pauseMs, retryAfterMs), pauseMs, isGivingUp }
  }

  function isGivingUp(): boolean {
    return circuit.kind === 'open' && circuit.isGivingUp
  }

  function retryAt(now: number): number {
    if (circuit.kind === 'closed') return now
    return Math.max(now, circuit.kind === 'open' ? circuit.until : circuit.since + probeTimeoutMs)
  }

  return {
    state: () => circuit.kind,
    /** When a request may be tried next; `now` when it may be at once. */
    retryAt,
    /** May a request go out? After a pause `true` is the one probe, so ask only right before sending. */
    canSend(now: number): boolean {
      if (circuit.kind === 'closed') return true
      if (now < retryAt(now)) return false
      circuit = { kind: 'probing', since: now, pauseMs: circuit.pauseMs }
      return true
    },
    /** Heap answered, be it by refusing rows. A late answer from before the circuit opened is no probe. */
    onSuccess(): void {
      if (circuit.kind !== 'open') circuit = { kind: 'closed', failures: 0 }
    },
    onFailure(
      now: number,
      { retryAfterMs = 0, isCertain = false, isTooOld = false }: CircuitFailure = {},
    ): void {
      if (circuit.kind === 'closed') {
        const failures = circuit.failures + 1
        if (failures >= threshold || isCertain || retryAfterMs > 0) open(now, firstPauseMs, retryAfterMs)
        else circuit = { kind: 'closed', failures }
      } else if (circuit.kind === 'probing') {
        open(now, Math.min(circuit.pauseMs * 2, maxPauseMs), retryAfterMs, isTooOld)
      } else {
        circuit = { ...circuit, until: Math.max(circuit.until, now + retryAfterMs) }
      }
    },
    /** The probe ended without an answer for another reason than Heap (a stop): the next one may go. */
    onAbandoned(now: number): void {
      if (circuit.kind !== 'probing') return
      circuit = { kind: 'open', until: now, pauseMs: circuit.pauseMs, isGivingUp: false }
    },
    /** May rows that have waited too long be rejected without asking Heap? */
    isGivingUp,
    /** Rows came that may wait on: what is behind them in the queue is left alone until the next probe. */
    onYoungRows(): void {
      if (circuit.kind === 'open') circuit = { ...circuit, isGivingUp: false }
    },
    /** Are no batches to be taken? While rows are given up all are, as they may be too old. */
    isPaused: (now: number) => retryAt(now) > now && !isGivingUp(),
  }
}
