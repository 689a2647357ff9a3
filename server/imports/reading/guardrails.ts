import type { PropertyFill } from '../../../shared/api/import-detail.ts'
import type { Remark } from '../../../shared/report/remark.ts'
import { guardrailRemarks } from '../../../shared/syncs/guardrails.ts'
import type { GuardrailRepository } from '../../database/repositories/guardrail-repository.ts'

/**
 * What is unlike the earlier imports of the sync in an import whose rows have all been read and stored. Of dry runs
 * nothing is said.
 *
 * @param properties how many values each property got; null: not counted
 */
export async function guardrailsOf(
  guardrails: GuardrailRepository,
  importId: number,
  properties: readonly PropertyFill[] | null,
): Promise<Remark[]> {
  const facts = await guardrails.facts(importId)
  if (!facts || facts.isSpecial) return []
  const { received, entities, past } = facts
  return guardrailRemarks(
    { received, entities, properties },
    { wholeRows: past.map((whole) => whole.received), last: past[0] ?? null },
  )
}
