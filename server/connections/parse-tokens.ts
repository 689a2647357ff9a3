import { charactersAbove } from '../../shared/text/characters.ts'
import { MIN_TOKEN_CHARACTERS } from './token.ts'

/**
 * The tokens of a setting, separated by commas; the first is the newest.
 *
 * @param name of the setting, which the error names; the token itself it does not show
 * @throws Error that says what to change
 */
export function parseTokens(name: string, text: string | undefined): string[] {
  if (!text?.trim()) return []
  const tokens = text.split(',').map((token) => token.trim())
  for (const token of tokens) {
    if (!/^[\x21-\x7e]+$/.test(token) || token.includes('"')) {
      throw new Error(
        `${name} must be ASCII characters without spaces and quotes; several tokens are separated by one comma.`,
      )
    }
    if (charactersAbove(token, MIN_TOKEN_CHARACTERS - 1) === undefined) {
      throw new Error(
        `${name} is too short to be safe: ${token.length} characters, and ${MIN_TOKEN_CHARACTERS} are needed. Make one with: openssl rand -base64 32`,
      )
    }
  }
  if (new Set(tokens).size < tokens.length) throw new Error(`${name} has the same token twice.`)
  return tokens
}
