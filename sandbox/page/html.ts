/** Markup that is safe to show: everything in it was written here or escaped. */
export type Html = { readonly markup: string }

type Insertion = Html | readonly Html[] | string | number | null | undefined

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template tag that escapes what is inserted, unless it is markup itself; null and undefined are left out. */
export function html(strings: TemplateStringsArray, ...insertions: Insertion[]): Html {
  let markup = strings[0] ?? ''
  insertions.forEach((insertion, index) => {
    markup += insert(insertion) + (strings[index + 1] ?? '')
  })
  return { markup }
}

function insert(insertion: Insertion): string {
  if (insertion === null || insertion === undefined) return ''
  if (typeof insertion === 'number') return String(insertion)
  if (typeof insertion === 'string')
    return insertion.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
  return 'markup' in insertion ? insertion.markup : insertion.map(({ markup }) => markup).join('')
}

/** `10000` -> `10,000`. */
export function showCount(count: number): string {
  return count.toLocaleString('en-US')
}
