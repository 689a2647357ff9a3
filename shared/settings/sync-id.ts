/**
 * Is it an ID that a sync can have? The limits are ours: 16 characters of 64 kinds are 96 bits, which nobody
 * guesses, and 64 characters hold every usual random ID (a UUID has 36) and stay short in an index.
 */
export function isSyncId(text: string): boolean {
  return /^[A-Za-z0-9_-]{16,64}$/.test(text)
}
