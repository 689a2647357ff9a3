import { useEffect, useMemo } from 'react'
import type { MappingGuess } from '../../../../shared/advice/key/guess-mapping.ts'
import { guessMapping } from '../../../../shared/advice/key/guess-mapping.ts'
import type { LookSample } from '../../../sample/use-sample.ts'
import { useWizard } from '../../wizard-context.ts'

/**
 * Preselects what names and tags tell of a Look, once for each Look that is chosen: what the analyst changes
 * afterwards stays.
 */
export function useGuess(sample: LookSample): MappingGuess | null {
  const { draft, update } = useWizard()
  const guess = useMemo(() => guessMapping(sample.columns), [sample])
  const isNew = draft.joinKey === '' && draft.guessedFor !== sample.look.id
  useEffect(() => {
    if (!isNew) return
    update((known) => ({
      guessedFor: sample.look.id,
      propertyType: guess?.propertyType ?? known.propertyType,
      joinKey: guess?.key?.column.name ?? '',
    }))
  }, [isNew, guess, sample, update])
  return guess
}
