/** The code of an error of Node, the database or undici, `ECONNRESET` or `53100`; empty when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
