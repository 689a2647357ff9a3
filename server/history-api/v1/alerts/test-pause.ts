/** Tests of a connection within a minute: nobody tries more by hand, and nobody floods a stranger through us. */
const MOST = 20
const MINUTE = 60_000

/** Counts tests by connection, in this process. */
export function createTestPause(now: () => number = () => performance.now()) {
  const tests = new Map<number, number[]>()
  return {
    /** Counts one, unless there were too many within the last minute. */
    mayTest(connectionId: number): boolean {
      const since = now() - MINUTE
      const recent = (tests.get(connectionId) ?? []).filter((at) => at > since)
      if (recent.length >= MOST) return false
      tests.set(connectionId, [...recent, now()])
      return true
    },
  }
}
