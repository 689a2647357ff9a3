import { isAscii, isUtf8 } from 'node:buffer'
import { jsonFault } from './json-fault.ts'

/**
 * UTF-8 as text. Nearly all results are ASCII, for which the latin1 decoder is a plain copy.
 *
 * @throws LookerError `encoding`, instead of replacing what cannot be read
 */
export function decodeText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (!isUtf8(bytes)) throw jsonFault('encoding')
  return bytes.toString('utf8')
}
