import { isRecord } from '../../../shared/is-record.ts'
import { cutCharacters } from '../../../shared/text/characters.ts'
import { hideEchoes } from './hide-echoes.ts'

/** Longest text of Heap that is kept: it goes into the import's history and into Looker's mail. */
const MAX_TEXT = 200

/** Words of Heap's own protocol, which a message may quote. */
const PROTOCOL_WORDS = ['app_id', 'identity', 'account_id', 'users', 'accounts', 'user_identifier']
const MORE_WORDS = ['id', 'user_id', 'library', 'properties', 'custom_properties']

/**
 * What Heap says in an answer, as one short line of plain text without cell values.
 *
 * Heap's message may repeat what it refused, and this text is kept, mailed and logged. So every value of the
 * entities that were sent is replaced by `…`, in any letter case, and so is a longer beginning or end of one, as Heap
 * may cut what it repeats, and everything in quotes that is not a property name or a word of the protocol. Property
 * names are column labels and stay.
 *
 * @param body the beginning of the answer's body; `{}` and `OK` say nothing
 * @param lines the entities of the request, as `createEntityWriter` writes them
 */
export function readAnswerText(body: string, lines: readonly string[]): string {
  const plain = toPlainText(messageOf(body))
  if (plain === '' || plain === 'OK') return ''
  const { names, values } = collectContent(lines)
  return cutCharacters(hideQuoted(hideEchoes(plain, values), names), MAX_TEXT)
}

/** The texts inside a JSON body, else the body. */
function messageOf(body: string): string {
  try {
    return textsOf(JSON.parse(body)).join('; ')
  } catch {
    return body
  }
}

function textsOf(json: unknown): string[] {
  if (typeof json === 'string') return [json]
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(textsOf) : []
}

function toPlainText(text: string): string {
  return text
    .replace(/<(script|style|head)\b.*?<\/\1\s*>/gis, ' ')
    .replace(/<[/!a-z][^>]*>?/gi, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .trim()
}

function collectContent(lines: readonly string[]): { names: Set<string>; values: Set<string> } {
  const names = new Set([...PROTOCOL_WORDS, ...MORE_WORDS])
  const values = new Set<string>()
  function collect(node: unknown): void {
    if (!isRecord(node)) {
      const value = toPlainText(String(node))
      if (value !== '') values.add(value)
      return
    }
    for (const [name, value] of Object.entries(node)) {
      names.add(name)
      collect(value)
    }
  }
  for (const line of lines) collect(JSON.parse(line))
  return { names, values }
}

/** A quote inside a word is an apostrophe. */
function hideQuoted(text: string, names: ReadonlySet<string>): string {
  return text.replace(
    /(?<![\p{L}\p{N}])(["'`])(.*?)(?:\1(?![\p{L}\p{N}])|$)/gu,
    (whole, quote: string, inner: string) => (names.has(inner) ? whole : `${quote}…${quote}`),
  )
}
