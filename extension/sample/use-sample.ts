import { useQuery } from '@tanstack/react-query'
import type { AdvisedColumn } from '../../shared/advice/advised-column.ts'
import { columnStats } from '../../shared/advice/key/column-stats.ts'
import type { ValueHint } from '../../shared/advice/values/value-hints.ts'
import { valueHints } from '../../shared/advice/values/value-hints.ts'
import type { LookerSdk } from '../looker/adaptor.tsx'
import { useLooker } from '../looker/adaptor.tsx'
import type { LookDetails } from '../looker/look.ts'
import { fetchLook } from '../looker/look.ts'
import type { LookerError } from '../looker/looker-error.ts'
import { runLook, SAMPLE_ROWS } from '../looker/run-look.ts'
import type { Sample } from './sample.ts'
import { readSample, valuesOf } from './sample.ts'

/** With what will compare badly in Heap among its values. */
export type SampledColumn = AdvisedColumn & { hints: ValueHint[] }

export type LookSample = {
  look: LookDetails
  sample: Sample
  columns: SampledColumn[]
  /** How long Looker took, in milliseconds: a delivery runs the same query without the limit. */
  tookMs: number
}

/** The Look's query failed in the database; the message is the database's. */
export class LookFailedError extends Error {
  override readonly name = 'LookFailedError'
}

/** @throws LookerError, LookFailedError */
export async function fetchSample(sdk: LookerSdk, lookId: string): Promise<LookSample> {
  const began = performance.now()
  const [look, result] = await Promise.all([fetchLook(sdk, lookId), runLook(sdk, lookId)])
  const tookMs = performance.now() - began
  const read = readSample(result, look.visualization, SAMPLE_ROWS)
  if (read.kind === 'failed') throw new LookFailedError(read.message)
  const { sample } = read
  const columns = sample.columns.map((column) => {
    const values = valuesOf(sample, column)
    return {
      column,
      stats: columnStats(values),
      facts: sample.factsOf.get(column.name),
      hints: valueHints(values, column),
    }
  })
  return { look, sample, columns, tookMs }
}

/** Runs the Look once and keeps the result while the app is open; `refetch` runs it again. */
export function useSample(lookId: string | null) {
  const { sdk } = useLooker()
  return useQuery<LookSample, LookerError | LookFailedError>(
    ['sample', lookId],
    () => fetchSample(sdk, lookId ?? ''),
    { enabled: lookId !== null, staleTime: Number.POSITIVE_INFINITY, cacheTime: Number.POSITIVE_INFINITY },
  )
}
