import type { IScheduledPlan } from '@looker/sdk'

/** What the user may do with a plan. Looker lets its owner and admins change, run and delete it (documented). */
export type Rights =
  | { kind: 'may' }
  | { kind: 'may_not'; reason: string }
  /** Looker does not say; what it refuses is said when it does. */
  | { kind: 'unknown'; hint: string }

/** @param myId null while it is not known who is at work */
export function rightsOf(plan: IScheduledPlan, myId: string | null): Rights {
  const owner = plan.user?.display_name || 'somebody else'
  if (myId === null || plan.user_id === myId || plan.can?.update === true) return { kind: 'may' }
  const whose = `This sync is owned by ${owner}.`
  return plan.can?.update === false
    ? {
        kind: 'may_not',
        reason: `${whose} Looker lets only its owner and Looker admins change, run or delete it. Ask one of them, or set up a sync of your own.`,
      }
    : { kind: 'unknown', hint: `${whose} Looker lets its owner and Looker admins change, run or delete it.` }
}
