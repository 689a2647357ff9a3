import type { IScheduledPlan } from '@looker/sdk'
import React from 'react'
import { Facts } from '../../components/facts.tsx'
import { useLook } from '../../looker/look.ts'
import { scheduleOfPlan } from '../../sync/draft-of-plan.ts'
import { scheduleInWords } from '../../sync/schedule-words.ts'
import type { Target } from '../../sync/targets.ts'

/** What stays and what the new action makes of it. */
export function TakeOverFacts(props: {
  plan: IScheduledPlan
  target: Target
  params: Record<string, string>
}) {
  const { plan, target, params } = props
  const look = useLook(plan.look_id ?? null)
  const others = (plan.scheduled_plan_destination?.length ?? 1) - 1
  return (
    <Facts
      facts={[
        ['Look', look.data?.title ?? `Look ${plan.look_id}`],
        ['Heap environment', params.env_id],
        ['Rows are', params.property_type === 'account' ? 'Accounts' : 'Users'],
        ['Join key', params.heap_field],
        ['Match by', matchedBy(params)],
        ['Runs', scheduleInWords(scheduleOfPlan(plan))],
        ['Action now', `Heap's own (${target.actionId})`],
        ...(others > 0 ? [['Other destinations', `${others}, left as they are`] as [string, string]] : []),
      ]}
    />
  )
}

function matchedBy({ property_type: type }: Record<string, string>): string {
  return type === 'account'
    ? 'Heap account ID'
    : "The user property chosen in Heap's set-up of Looker Data Import, as now"
}
