import type { PropertyFill } from '../../../shared/api/import-detail.ts'
import type { MappedValue } from '../../../shared/rows/row-mapper.ts'

/** The JSON type of a value as a line has it. */
export const NO_VALUE = 0
export const TEXT_VALUE = 1
export const NUMBER_VALUE = 2
const KINDS = 3

export type PropertyTally = ReturnType<typeof createPropertyTally>

/**
 * Counts the values of the rows that become entities.
 *
 * @param isText is every value written as a text, as Heap's own action does?
 */
export function createPropertyTally(isText: boolean) {
  const places = new Map<string, number>()
  /** How often each kind was seen, by property. */
  let counts = new Int32Array(0)

  function placeOf(name: string): number {
    const known = places.get(name)
    if (known !== undefined) return known
    const place = places.size
    places.set(name, place)
    if ((place + 1) * KINDS > counts.length) {
      const grown = new Int32Array(Math.max(64, counts.length * 2))
      grown.set(counts)
      counts = grown
    }
    return place
  }

  return {
    /** Makes the function that counts entities of these properties, each by the kinds of its values. */
    counterOf(names: readonly string[]): (kinds: Uint8Array) => void {
      const starts = Int32Array.from(names, (name) => placeOf(name) * KINDS)
      return (kinds) => {
        for (let index = 0; index < starts.length; index += 1) {
          const place = (starts[index] as number) + (kinds[index] as number)
          counts[place] = (counts[place] as number) + 1
        }
      }
    },

    /** An empty cell is no value, whatever is sent for it: that it was filled before must not go unnoticed. */
    kindOf(value: MappedValue): number {
      if (value === undefined || value === null || Number.isNaN(value)) return NO_VALUE
      return isText || typeof value === 'string' ? TEXT_VALUE : NUMBER_VALUE
    },

    /** In the order in which the properties were met. */
    counts: (): PropertyFill[] =>
      [...places].map(([name, place]) => {
        const texts = counts[place * KINDS + TEXT_VALUE] ?? 0
        const numbers = counts[place * KINDS + NUMBER_VALUE] ?? 0
        return { name, values: texts + numbers, texts, numbers }
      }),
  }
}
