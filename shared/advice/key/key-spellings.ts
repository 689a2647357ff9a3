import { readJoinKey } from '../../rows/join-key.ts'
import { countOf } from '../../text/text-list.ts'

/** Characters that nobody sees: of no width, soft hyphens, marks of direction, controls, spaces of other kinds. */
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}|(?! )\p{Z}/gu

/** How a key looks to a person, and to systems that do not mind case. */
function looked(key: string): string {
  return key.replace(INVISIBLE, '').trim().normalize('NFC').toLowerCase()
}

/** Different keys of which several look like one; in Heap each is a user of its own. */
export function alikeKeys(values: readonly unknown[]): { alike: number; invisible: number } {
  const keys = new Set(values.flatMap((value) => keyOf(value) ?? []))
  const groups = Map.groupBy(keys, looked)
  const alike = [...groups.values()].reduce((sum, same) => sum + (same.length > 1 ? same.length : 0), 0)
  const invisible = [...keys].filter((key) => key.replace(INVISIBLE, '') !== key).length
  return { alike, invisible }
}

function keyOf(value: unknown): string | null {
  const key = readJoinKey(value)
  return key.kind === 'key' ? key.key : null
}

/** What to say of a join key column whose keys differ by what nobody sees; each with its remedy. */
export function spellingHints(values: readonly unknown[]): string[] {
  const { alike, invisible } = alikeKeys(values)
  const hints: string[] = []
  if (alike > 0) {
    hints.push(
      `${countOf(alike, 'key')} differ by case or invisible characters only: Heap takes each for somebody else. Spell them as your product does, for example with LOWER(TRIM(...)) in the Look.`,
    )
  }
  if (invisible > 0) {
    hints.push(
      `${countOf(invisible, 'key holds', 'keys hold')} invisible characters, so Heap will not find whom ${invisible === 1 ? 'it is' : 'they are'} about. Remove them in the SQL of the dimension.`,
    )
  }
  return hints
}
