import { randomUUID } from 'node:crypto'
import { isRecord } from '../../../shared/is-record.ts'
import { isWhiteSpace } from './byte-cursor.ts'

/**
 * JSON.parse without a bug of V8: after an object with the key `\`, the escaped keys of a like object can come out
 * as that key (https://github.com/nodejs/node/issues/63785, open in Node 24.21). So escaped keys, which are rare,
 * are parsed as values and put back afterwards.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!text.includes('\\')) return JSON.parse(text)
  const names = new Map<string, string>()
  const plain = replaceEscapedKeys(text, names)
  const parsed: unknown = JSON.parse(plain)
  return names.size === 0 ? parsed : renameKeys(parsed, names)
}

/** @param names takes up placeholder -> key */
function replaceEscapedKeys(text: string, names: Map<string, string>): string {
  const stem = randomUUID()
  let plain = ''
  let copied = 0
  for (let from = text.indexOf('"'); from !== -1; ) {
    const to = stringEnd(text, from)
    if (isKey(text, to) && text.slice(from, to).includes('\\')) {
      const [key] = JSON.parse(`[${text.slice(from, to)}]`) as [string]
      const placeholder = `${stem}${names.size}`
      names.set(placeholder, key)
      plain += `${text.slice(copied, from)}"${placeholder}"`
      copied = to
    }
    from = text.indexOf('"', to)
  }
  return plain + text.slice(copied)
}

/** The place after the closing quote of the string that begins at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22 /* " */) return at + 1
    if (unit === 0x5c /* \ */) at += 1
  }
  return text.length
}

/** Does a colon follow? None does after a value. */
function isKey(text: string, end: number): boolean {
  let at = end
  while (isWhiteSpace(text.charCodeAt(at))) at += 1
  return text[at] === ':'
}

function renameKeys(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKeys(item, names))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [names.get(key) ?? key, renameKeys(item, names)]),
  )
}
