/** How patient to be with receivers; tests are less so. */
export type AlertTiming = {
  lookMs: number
  /** How often to look for syncs that have become late. */
  lateMs: number
  /** The first pause; each is about twice as long as the one before. */
  retrySeconds: number
  retries: number
  timeoutMs: number
  /** Origins of receivers that may be inside: for tests on loopback. */
  allowedOrigins: readonly string[]
}

/** The last try is some 17 hours after the first. */
export const ALERT_TIMING: AlertTiming = {
  lookMs: 5_000,
  lateMs: 60_000,
  retrySeconds: 30,
  retries: 11,
  timeoutMs: 10_000,
  allowedOrigins: [],
}
