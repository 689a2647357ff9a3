import { useQuery } from '@tanstack/react-query'
import type { ImportDetail } from '../../../../shared/api/import-detail.ts'
import type { Match } from '../../../../shared/api/known-keys.ts'
import { MAX_LOOKED_UP } from '../../../../shared/api/known-keys.ts'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import { readJoinKey } from '../../../../shared/rows/join-key.ts'
import { formatCount } from '../../../../shared/text/text-list.ts'
import { useActionServer } from '../../../action-server/action-server.ts'
import { matchImports } from '../../../history/match-imports.ts'
import { valuesOf } from '../../../sample/sample.ts'
import type { LookSample } from '../../../sample/use-sample.ts'
import { wasChecked } from '../check/check-words.ts'
import { checkAddress } from '../check/row-check.ts'
import { useCheckedImport } from '../check/use-checked-import.ts'
import type { useRowCheck } from '../check/use-row-check.ts'
import type { useKnownCheck } from './use-known-check.ts'

export type MatchState =
  | { kind: 'idle' }
  | { kind: 'running'; text: string }
  | { kind: 'failed'; error: unknown }
  /** One of the Looks did not come in whole, so that every figure would be wrong. */
  | { kind: 'stopped'; text: string }
  | { kind: 'matched'; match: Match; keys: string[] }

type Own = { sample: LookSample; joinKey: Column; check: ReturnType<typeof useRowCheck> }

/**
 * How far the comparison of two checks is: of this Look's, and of the Look's that lists whom Heap knows.
 *
 * @param title of that Look
 */
export function useMatch(own: Own, known: ReturnType<typeof useKnownCheck>, title: string): MatchState {
  const { server, error: noServer } = useActionServer()
  // This Look's check is followed by the footer as well, from the same cache.
  const ownCheck = known.current === null ? null : own.check.current
  const mine = useCheckedImport(ownCheck)
  const theirs = useCheckedImport(known.current)
  const keys = sampleKeys(own)
  const ids = { own: wholeId(mine.data), against: wholeId(theirs.data) }
  const match = useQuery(
    ['match', ids, keys],
    () =>
      server && ownCheck && known.current && ids.own !== null && ids.against !== null
        ? matchImports(
            server,
            { address: checkAddress(ownCheck), id: ids.own },
            { address: checkAddress(known.current), id: ids.against },
            keys,
          )
        : null,
    {
      enabled: server !== null && ids.own !== null && ids.against !== null,
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
    },
  )

  if (known.isStarting || own.check.isStarting) return { kind: 'running', text: 'Asking Looker' }
  if (known.error) return { kind: 'failed', error: known.error }
  if (known.current === null) return { kind: 'idle' }
  const error = own.check.error ?? noServer ?? mine.error ?? theirs.error ?? match.error
  if (error) return { kind: 'failed', error }
  if (match.data) return { kind: 'matched', match: match.data, keys }
  const text = notWhole(`"${title}"`, theirs.data) ?? notWhole('This Look', mine.data)
  if (text !== null) return { kind: 'stopped', text }
  if (ownCheck === null) return { kind: 'idle' }
  return {
    kind: 'running',
    text:
      ids.against === null
        ? progress(`"${title}"`, theirs.data)
        : ids.own === null
          ? progress('this Look', mine.data)
          : 'Comparing the keys',
  }
}

/** The keys of the sampled rows, each once, as the server reads them. */
function sampleKeys({ sample: { sample }, joinKey }: Own): string[] {
  const keys = valuesOf(sample, joinKey).flatMap((value) => {
    const read = readJoinKey(value)
    return read.kind === 'key' ? [read.key] : []
  })
  return [...new Set(keys)].slice(0, MAX_LOOKED_UP)
}

function wholeId(detail: ImportDetail | null): number | null {
  return detail?.state === 'finished' && wasChecked(detail) ? detail.id : null
}

function notWhole(which: string, detail: ImportDetail | null): string | null {
  if (detail?.state !== 'finished' || wasChecked(detail)) return null
  return `${which} could not be read whole, so nothing is compared: ${detail.message}`
}

function progress(which: string, detail: ImportDetail | null): string {
  return detail === null
    ? `Looker runs ${which}`
    : `Reading ${which}: ${formatCount(detail.counts.received)} rows so far`
}
