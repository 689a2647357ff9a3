import { timingSafeEqual } from 'node:crypto'
import { hashToken } from './token.ts'

/** Is the text one of these secrets? All are compared, each in constant time. */
export function findSecret(secrets: readonly string[], text: string): boolean {
  const presented = hashToken(text)
  return secrets.map((secret) => timingSafeEqual(hashToken(secret), presented)).includes(true)
}
