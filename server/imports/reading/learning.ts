import type { RowScanning } from '../../looker/transcode/row-table.ts'
import type { RowTranscoder } from './row-transcoder.ts'

/**
 * Keeps the transcoder for the form that most rows have. Learning costs about as much as some ten rows, so that
 * after each try it is tried again only when twice as many rows did not match, and never while most rows match.
 *
 * @param scanning is given the scanner of what was learned
 */
export function createLearning(scanning: RowScanning) {
  let transcoder: RowTranscoder | null = null
  let matched = 0
  let missed = 0
  let nextTry = 1

  function use(learned: RowTranscoder | null): void {
    transcoder = learned
    scanning.scanner = learned?.scanner ?? null
    matched = 0
  }

  return {
    transcoder: () => transcoder,
    addMatched(): void {
      matched += 1
    },
    /** @param learn learns the row that did not match */
    addMissed(learn: () => RowTranscoder | null): void {
      missed += 1
      if (missed < nextTry) return
      nextTry = missed * 2
      if (matched < missed / 2) use(learn() ?? transcoder)
    },
    /** What was learned holds no longer. */
    forget(): void {
      use(null)
      missed = 0
      nextTry = 1
    },
  }
}
