import { LookerError } from '../looker-error.ts'

/** White space is allowed anywhere: Looker wraps base64 every 60 characters. */
const WHITE_SPACE = /\s+/g
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Does a text that begins so look like base64? */
export function looksLikeBase64(head: Buffer): boolean {
  return BASE64.test(head.toString('latin1').replace(WHITE_SPACE, ''))
}

/**
 * Decodes base64 on the fly, chunked in any way.
 *
 * @throws LookerError
 */
export async function* decodeBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let rest = ''
  let ended = false
  for await (const chunk of chunks) {
    const text = rest + chunk.toString('latin1').replace(WHITE_SPACE, '')
    const whole = text.length - (text.length % 4)
    if (!BASE64.test(text) || (ended && text !== '')) throw notBase64()
    rest = text.slice(whole)
    ended ||= text.charAt(whole - 1) === '='
    if (ended && rest !== '') throw notBase64()
    if (whole > 0) yield Buffer.from(text.slice(0, whole), 'base64')
  }
  if (rest.length === 1) throw notBase64()
  if (rest !== '') yield Buffer.from(rest, 'base64')
}

function notBase64(): LookerError {
  return new LookerError('The data that Looker sent along is not valid base64. Send the Look again.')
}
