import type { IScheduledPlan, IScheduledPlanDestination } from '@looker/sdk'
import type { KindOf } from '../actions/kind-lookup.ts'
import { actionIdOf } from './destination.ts'

const NAMES: Record<string, string> = { s3: 'Amazon S3', sftp: 'SFTP', webhook: 'a webhook' }

/**
 * The destinations of a plan, but one, that may have secret parameters, in words. Looker never tells them, so
 * that a destination that is written again loses them. Documented are those of Amazon S3 and SFTP; mail has
 * none, and neither do the forms of Heap's and our action. Of all others nothing is known.
 */
export function secretHolders(plan: IScheduledPlan, except: number, kindOf: KindOf): string[] {
  return (plan.scheduled_plan_destination ?? [])
    .filter((destination, index) => index !== except && mayHoldSecrets(destination, kindOf))
    .map(inWords)
}

function mayHoldSecrets(destination: IScheduledPlanDestination, kindOf: KindOf): boolean {
  if (destination.type === 'email') return false
  const actionId = actionIdOf(destination)
  const kind = actionId === null ? null : kindOf(actionId).kind
  return kind !== 'ours' && kind !== 'outdated' && kind !== 'heap_own'
}

function inWords({ type, address }: IScheduledPlanDestination): string {
  const name = NAMES[type ?? ''] ?? type ?? 'another destination'
  return address ? `${name} (${address})` : name
}
