type Deadline = { signal: AbortSignal; clear: () => void }

/**
 * A signal that is aborted after a while, or when the server stops.
 *
 * Not `AbortSignal.any([AbortSignal.timeout(...), stopping])`: as nobody listens to it while rows are read,
 * the garbage collector takes its time-out away, and it is never aborted (seen with Node 24).
 */
export function startDeadline(milliseconds: number, stopping: AbortSignal): Deadline {
  const reached = new AbortController()
  const timer = setTimeout(end, milliseconds)
  stopping.addEventListener('abort', end)

  function clear(): void {
    clearTimeout(timer)
    stopping.removeEventListener('abort', end)
  }
  function end(): void {
    clear()
    reached.abort()
  }

  if (stopping.aborted) end()
  return { signal: reached.signal, clear }
}
