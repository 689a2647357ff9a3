import React from 'react'
import { Notice } from '../components/notice.tsx'
import { Muted } from '../components/text.tsx'
import type { PlanList } from '../looker/all-scheduled-plans.ts'

/** Says whose syncs the list may lack. */
export function ScopeNotice({ scope }: { scope: PlanList['scope'] }) {
  if (scope === 'everyone') return null
  if (scope === 'maybe_own') {
    return (
      <Muted>
        All schedules that Looker shows you are your own. If others have syncs, you may lack the permission
        see_schedules.
      </Muted>
    )
  }
  return (
    <Notice intent="inform">
      You see your own syncs. To see everybody's you need the permission see_schedules, which a Looker admin
      can give to your role.
    </Notice>
  )
}
