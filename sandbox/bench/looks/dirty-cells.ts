/** Texts as JSON that cannot be copied as they stand: the escapes that a writer of JSON uses, and raw UTF-8. */
export const DIRTY_TEXTS: readonly string[] = [
  String.raw`"Juniper \"Labs\" Ltd"`,
  String.raw`"first line\nsecond line"`,
  String.raw`"caf\u00e9 in Lisbon"`,
  String.raw`"https:\/\/example.com\/a\/b"`,
  '"São Paulo"',
  '"Yamada 商店 👩‍🚀"',
]

/** A local time in March 2026, all hours of all days: clocks in Europe change on the 29th. */
export function dirtyTime(row: number): string {
  const day = String(1 + (row % 31)).padStart(2, '0')
  const hour = String(row % 24).padStart(2, '0')
  const minute = String(row % 60).padStart(2, '0')
  return `"2026-03-${day} ${hour}:${minute}:59"`
}
