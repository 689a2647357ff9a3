/** The counts that an analyst reads in the message of a delivery. */
export type ReportedCounts = { received: number; delivered: number; rejected: number; skipped: number }

/**
 * Reads the counts out of a message such as `Imported 9,981 of 10,000 rows into Heap environment 11.
 * 15 rejected: ... 4 rows without a join key skipped.`
 *
 * @returns undefined when the message tells of no import
 */
export function readReportedCounts(message: string): ReportedCounts | undefined {
  const imported = /([\d,]+) of ([\d,]+) rows?\b/.exec(message)
  if (!imported) return undefined
  return {
    delivered: toNumber(imported[1]),
    received: toNumber(imported[2]),
    rejected: toNumber(/([\d,]+) rejected:/.exec(message)?.[1]),
    skipped: toNumber(/([\d,]+) rows? without a join key skipped/.exec(message)?.[1]),
  }
}

function toNumber(text = '0'): number {
  return Number(text.replaceAll(',', ''))
}
