import { escapeHtml } from '../../../shared/text/escape-html.ts'

/** Markup that is safe to show: everything in it was written here or escaped. */
export type Html = { readonly markup: string }

type Insertion = Html | readonly Html[] | string | number | null | undefined

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
  if (typeof insertion === 'string') return escapeHtml(insertion)
  return 'markup' in insertion ? insertion.markup : insertion.map(({ markup }) => markup).join('')
}
