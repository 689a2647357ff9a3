import React from 'react'
import type { ImportSummary } from '../../../shared/api/import-summary.ts'
import type { TagIntent } from '../../components/tag.tsx'
import { Tag } from '../../components/tag.tsx'
import type { Outcome } from '../../words/run-outcome.ts'
import { OUTCOME_WORDS, outcomeOf } from '../../words/run-outcome.ts'

const INTENTS: Record<Outcome, TagIntent> = {
  running: 'key',
  held: 'warn',
  well: 'positive',
  partly: 'warn',
  failed: 'critical',
}

/** What a run came to, as a word. */
export function OutcomeTag({ run }: { run: ImportSummary }) {
  const outcome = outcomeOf(run)
  return <Tag intent={INTENTS[outcome]}>{OUTCOME_WORDS[outcome]}</Tag>
}
