/** Tests of a connection within a minute: nobody tries more by hand, and nobody floods a stranger through us. */
const MOST = 20
const MINUTE = 60_000

/** Counts tests, and addresses that were refused, by connection, in this process. */
export function createTestPause(now: () => number = () => performance.now()) {
  const tests = new Map<number, number[]>()

  function recentOf(connectionId: number): number[] {
    const since = now() - MINUTE
    return (tests.get(connectionId) ?? []).filter((at) => at > since)
  }

  function isFull(connectionId: number): boolean {
    return recentOf(connectionId).length >= MOST
  }

  function count(connectionId: number): void {
    tests.set(connectionId, [...recentOf(connectionId), now()])
  }

  return {
    /** Were there too many within the last minute? */
    isFull,
    count,
    /** Counts one, unless there were too many within the last minute. */
    mayTest(connectionId: number): boolean {
      if (isFull(connectionId)) return false
      count(connectionId)
      return true
    },
  }
}
