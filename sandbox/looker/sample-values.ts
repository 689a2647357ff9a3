/** A whole number that looks random and is the same for the same seed: 0 <= result < 4,294,967,296. */
export function scramble(seed: number): number {
  let mixed = (seed + 0x9e3779b9) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** One of the values, by a scrambled seed. */
export function pick<T>(values: readonly [T, ...T[]], seed: number): T {
  return values[scramble(seed) % values.length] ?? values[0]
}

/** A whole number from `least` to `most`. */
export function between(least: number, most: number, seed: number): number {
  return least + (scramble(seed) % (most - least + 1))
}

/** `2026-03-05`, within the five years before 2027. */
export function sampleDate(seed: number): string {
  return new Date(Date.UTC(2022, 0, 1 + (scramble(seed) % 1825))).toISOString().slice(0, 10)
}

export const EMPLOYERS = [
  'Brightwater Logistics',
  'Café Mañana',
  'Delta & Sons',
  'Juniper "Labs"',
  'Oakfield University',
  'Østergaard A/S',
  'Yamada 商店',
] as const

export const TIERS = ['Bronze', 'Silver', 'Gold', 'Platinum'] as const
