import { countOf, formatCount } from '../../text/text-list.ts'
import type { ColumnStats } from './column-stats.ts'

/** In percent of the rows: as many are usual in good data; of more nobody sends a Look without having been told. */
export const MOST_BAD_ROWS = 3

/** Rows that have no good key of their own. */
export function badRows({ rows, good }: ColumnStats): number {
  return rows - good
}

export function isRisky(stats: ColumnStats): boolean {
  return badRows(stats) * 100 > stats.rows * MOST_BAD_ROWS
}

/**
 * What has to be understood before a column is used as join key, with the figures, to follow "I understand that";
 * null where the key is good enough.
 *
 * @param partial the rows are the first of more
 */
export function keyRisk(stats: ColumnStats, partial: boolean): string | null {
  if (!isRisky(stats)) return null
  const parts = [
    told(stats.duplicates, 'repeats the key of another row', 'repeat the key of another row'),
    told(stats.missing, 'has none', 'have none'),
    told(stats.placeholders + stats.doubtful, 'holds a placeholder', 'hold a placeholder'),
    told(stats.tooLong + stats.notValues, 'holds what is no key', 'hold what is no key'),
  ].flatMap((part) => part ?? [])
  const among = partial ? `the first ${formatCount(stats.rows)}` : countOf(stats.rows, 'row')
  return `of ${among} ${goodKeys(stats.good)}: ${parts.join(', ')}`
}

function goodKeys(count: number): string {
  if (count === 0) return 'none has a good key of its own'
  return count === 1
    ? 'only 1 has a good key of its own'
    : `only ${formatCount(count)} have a good key of their own`
}

function told(count: number, one: string, several: string): string | null {
  return count === 0 ? null : `${formatCount(count)} ${count === 1 ? one : several}`
}
