import type { Parsed } from './parsed.ts'

/** Ours: enough to see what arrives in Heap, too few to be taken for a delivery. */
export const MAX_TEST_ROWS = 100

/** Reads how many rows a test sends; null for a delivery that is no test. */
export function parseTestRows(text: string): Parsed<number | null> {
  if (text === '') return { value: null }
  const rows = Number(text)
  return /^\d{1,3}$/.test(text) && rows >= 1 && rows <= MAX_TEST_ROWS
    ? { value: rows }
    : {
        error: `The test rows are a whole number from 1 to ${MAX_TEST_ROWS}. Leave them empty to send all rows.`,
      }
}

/** What is wrong with a test that is a dry run; null for all else. */
export function testRowsError(
  testRows: number | null | undefined,
  dryRun: boolean | undefined,
): string | null {
  if (typeof testRows !== 'number' || dryRun !== true) return null
  return 'A dry run sends nothing, test rows are really sent. Choose one of them: empty the test rows, or set the dry run to no.'
}
