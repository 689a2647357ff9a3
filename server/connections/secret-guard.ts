import { MADE_TOKEN } from './token.ts'

export type SecretGuard = ReturnType<typeof createSecretGuard>

/** Deeper nested members are no parameters of ours. */
const MAX_DEPTH = 20

/**
 * Finds secrets in what a caller sends beside its authorization. Looker's server proxy puts the secret of a hidden
 * attribute wherever a user of the extension writes its tag: an answer, or a page later, that repeats such a parameter
 * would show it, whole or cut. So calls with a secret in them are refused before anything is made of them.
 *
 * @param configured tokens of the settings; those that the server makes are known by their looks
 */
export function createSecretGuard(configured: readonly string[]) {
  const known = configured.map((token) => token.toLowerCase())

  function isIn(text: string, presented: readonly string[]): boolean {
    const lower = text.toLowerCase()
    return presented.some((token) => lower.includes(token)) || lower.search(MADE_TOKEN) !== -1
  }

  function holds(value: unknown, presented: readonly string[], depth: number): boolean {
    if (typeof value === 'string') {
      return isIn(value, presented) || (value.includes('%') && isIn(decoded(value), presented))
    }
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false
    return Object.entries(value).some(
      ([name, member]) => isIn(name, presented) || holds(member, presented, depth + 1),
    )
  }

  /**
   * Does a text, or what is nested in a value, hold a secret, in any case and percent-encoded as well?
   *
   * @param presented the token that the call is authorized by
   */
  return (value: unknown, presented?: string): boolean => {
    const own = presented ? [...known, presented.toLowerCase()] : known
    return holds(value, own, 0)
  }
}

function decoded(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
}
