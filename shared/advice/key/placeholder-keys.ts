/**
 * Values that people type where a key is missing. They may be somebody's key, so the server sends them, unlike its
 * `PLACEHOLDERS`; many of them are a sign that the column is no key.
 */
const DOUBTFUL = new Set(
  '- -- --- . ? #n/a na n.a. tbd todo test xxx none@none.com test@test.com test@example.com example@example.com a@a.com no@email.com noemail@noemail.com na@na.com'.split(
    ' ',
  ),
)

/** Is it a key of several rows? Zero is a key like any other while one row has it. */
export function isDoubtfulKey(key: string, rows: number): boolean {
  return key === '0' ? rows > 1 : DOUBTFUL.has(key.toLowerCase())
}
