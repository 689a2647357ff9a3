import type { IScheduledPlan } from '@looker/sdk'
import React from 'react'
import { MATCH_BY_LABEL } from '../../../shared/settings/match-by.ts'
import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import { Facts } from '../../components/facts.tsx'
import { useLook } from '../../looker/look.ts'
import { scheduleOfPlan } from '../../sync/draft-of-plan.ts'
import { scheduleInWords } from '../../sync/schedule-words.ts'
import { matchedBy } from '../../sync/settings.ts'
import type { Target } from '../../sync/targets.ts'

/** What stays and what the new action makes of it. */
export function TakeOverFacts(props: { plan: IScheduledPlan; target: Target; settings: SyncSettings }) {
  const { plan, target, settings } = props
  const look = useLook(plan.look_id ?? null)
  const others = (plan.scheduled_plan_destination?.length ?? 1) - 1
  return (
    <Facts
      facts={[
        ['Look', look.data?.title ?? `Look ${plan.look_id}`],
        ['Heap environment', settings.environmentId],
        ['Rows are', settings.propertyType === 'account' ? 'Accounts' : 'Users'],
        ['Join key', settings.joinKeyColumn],
        [MATCH_BY_LABEL, matchedBy(settings.propertyType, settings.matchBy)],
        ['Runs', scheduleInWords(scheduleOfPlan(plan))],
        ['Action now', `Heap's own (${target.actionId})`],
        ...(others > 0 ? [['Other destinations', `${others}, left as they are`] as [string, string]] : []),
      ]}
    />
  )
}
