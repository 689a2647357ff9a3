/** A field of the result's head, as far as Heap's action reads it. */
export type ActionField = {
  name: string
  label?: string
  label_short?: string
  field_group_label?: string | null
  is_numeric?: boolean
}

type Cell = { value?: unknown; filterable_value?: unknown }

export type ActionRow = Record<string, Cell>

export type ActionEntity = { key: string; properties: Record<string, string> }

/** Heap's action cut values here, in UTF-16 units and without a word. */
const MOST_CHARACTERS = 1024

/**
 * Rows as Heap's own action reads them, with its defects, of which it says nothing: a row without a key is
 * left out, and one with a column that it does not know as well; 0, false and empty values become
 * `filterable_value` or are dropped; of a number all but digits and dots is removed.
 */
export function mapRows(
  rows: readonly ActionRow[],
  fields: readonly ActionField[],
  keyLabel: string,
): ActionEntity[] {
  const byKey = new Map<string, ActionField>()
  for (const field of fields) {
    for (const key of [field.name, field.label_short, field.field_group_label]) {
      if (key) byKey.set(key, field)
    }
  }
  return rows.flatMap((row) => mapRow(row, byKey, keyLabel) ?? [])
}

function mapRow(
  row: ActionRow,
  byKey: ReadonlyMap<string, ActionField>,
  keyLabel: string,
): ActionEntity | undefined {
  let key: string | undefined
  const properties: Record<string, string> = {}
  for (const [name, cell] of Object.entries(row)) {
    const field = byKey.get(name)
    if (!field) return undefined
    const value = cell.value || cell.filterable_value
    if (field.label === keyLabel) key ??= value ? String(value) : ''
    else if (value) properties[field.label ?? name] = toText(value, field.is_numeric ?? false)
  }
  return key ? { key, properties } : undefined
}

function toText(value: unknown, isNumeric: boolean): string {
  const text = String(value).slice(0, MOST_CHARACTERS)
  return isNumeric ? text.replaceAll(/[^\d.]/g, '') : text
}
