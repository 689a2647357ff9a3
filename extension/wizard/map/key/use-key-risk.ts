import { useEffect } from 'react'
import { keyRisk } from '../../../../shared/advice/key/key-risk.ts'
import type { LookSample, SampledColumn } from '../../../sample/use-sample.ts'
import { useWizard } from '../../wizard-context.ts'

/**
 * Keeps in the draft what has to be understood of the chosen key: also the step after this one depends on it.
 *
 * @returns does the draft have it already?
 */
export function useKeyRisk(sample: LookSample, picked: SampledColumn | undefined): boolean {
  const { draft, update } = useWizard()
  const text = picked ? keyRisk(picked.stats, sample.sample.partial) : null
  const { joinKey, keyRisk: known } = draft
  const isKnown = text === null ? known === null : known?.text === text && known.joinKey === joinKey
  useEffect(() => {
    if (!isKnown) update({ keyRisk: text === null ? null : { joinKey, text, understood: false } })
  }, [isKnown, joinKey, text, update])
  return isKnown
}
