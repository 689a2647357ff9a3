/** Up to the `>` that is in no quotes. */
const OPENING_TAG = /^<a (?:[^<>"']|"[^"]*"|'[^']*')*>/

/** In UTF-16 units. A link holds the filters of a query; more is no link, and costs the expression its stack. */
const LONGEST_TAG = 65_536

/**
 * The text inside a formatted cell. With formatting on, Looker wraps every measure into
 * `<a href='/explore/...' class='cell-clickable-content' target='_self'>$1,234.50</a>`, also in the raw
 * formats (observed). A schedule made through Looker's API can switch formatting on although our listing
 * asks for raw values.
 *
 * @returns the text, or `undefined` when the value is no such anchor
 */
export function unwrapAnchor(value: string): string | undefined {
  if (!value.startsWith('<a ') || !value.endsWith('</a>')) return undefined
  const tag = OPENING_TAG.exec(value.slice(0, LONGEST_TAG))?.[0]
  if (tag === undefined) return undefined
  if (!tag.includes('cell-clickable-content') && !/\shref=["']\//.test(tag)) return undefined
  const inner = value.slice(tag.length, -'</a>'.length)
  return inner.includes('<') ? undefined : decodeEntities(inner)
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&nbsp;': ' ',
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|nbsp|#39|#x27);/g, (entity) => ENTITIES[entity] ?? entity)
}
