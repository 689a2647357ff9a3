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
  | { kind: 'open'; until: number; pauseMs: number }
  | { kind: 'probing'; since: number; pauseMs: number }

export type CircuitBreaker = ReturnType<typeof createCircuitBreaker>

/**
 * Stops one environment's requests while Heap is sick, instead of letting every batch find out by itself.
 * It opens after several failures in a row, or at once for as long as Heap's Retry-After says; then a single
 * probe decides. Times are milliseconds of one clock, given by the caller.
 */
export function createCircuitBreaker(options: CircuitBreakerOptions = {}) {
  const { threshold = 5, pauseMs: firstPauseMs = 2_000, maxPauseMs = 5 * 60_000 } = options
  const { probeTimeoutMs = 120_000 } = options
  let circuit: Circuit = { kind: 'closed', failures: 0 }

  function open(now: number, pauseMs: number, retryAfterMs: number): void {
    circuit = { kind: 'open', until: now + Math.max(pauseMs, retryAfterMs), pauseMs }
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
    onFailure(now: number, retryAfterMs = 0): void {
      if (circuit.kind === 'closed') {
        const failures = circuit.failures + 1
        if (failures >= threshold || retryAfterMs > 0) open(now, firstPauseMs, retryAfterMs)
        else circuit = { kind: 'closed', failures }
      } else if (circuit.kind === 'probing') {
        open(now, Math.min(circuit.pauseMs * 2, maxPauseMs), retryAfterMs)
      } else {
        circuit = { ...circuit, until: Math.max(circuit.until, now + retryAfterMs) }
      }
    },
    /** The probe ended without an answer for another reason than Heap (a stop): the next one may go. */
    onAbandoned(now: number): void {
      if (circuit.kind === 'probing') circuit = { kind: 'open', until: now, pauseMs: circuit.pauseMs }
    },
  }
}
