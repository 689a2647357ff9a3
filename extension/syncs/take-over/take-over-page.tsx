import type { IScheduledPlan } from '@looker/sdk'
import React from 'react'
import { useParams } from 'react-router-dom'
import { useServerUrl } from '../../action-server/server-url.ts'
import type { HeapAction } from '../../actions/heap-actions.ts'
import { usableActions, useHeapActions } from '../../actions/heap-actions.ts'
import { kindLookup } from '../../actions/kind-lookup.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorMessage } from '../../components/error-message.tsx'
import { Loading } from '../../components/loading.tsx'
import { Page, PageTitle } from '../../components/page.tsx'
import { ProblemMessage } from '../../components/problem-message.tsx'
import { usePlan } from '../../looker/scheduled-plan.ts'
import { actionProblem } from '../../problems/action-problems.ts'
import { foreignTargets } from '../../sync/targets.ts'
import { TakeOverForm } from './take-over-form.tsx'

/** A schedule of Heap's own action becomes a sync of ours: what changes, a check of its rows, the switch. */
export function TakeOverPage() {
  const { planId } = useParams<{ planId: string }>()
  const plan = usePlan(planId, { fresh: true })
  const actions = useHeapActions()
  const error = plan.error ?? actions.error
  return (
    <Page>
      <PageTitle>Take over a schedule</PageTitle>
      {error !== null && (
        <ErrorMessage error={error} retry={() => void Promise.all([plan.refetch(), actions.refetch()])} />
      )}
      {error === null && (!plan.data || !actions.data) && <Loading>Opening the schedule</Loading>}
      {plan.data && actions.data && <LoadedSchedule plan={plan.data} actions={actions.data} />}
    </Page>
  )
}

function LoadedSchedule({ plan, actions }: { plan: IScheduledPlan; actions: HeapAction[] }) {
  const { index } = useParams<{ index: string }>()
  const serverUrl = useServerUrl()
  const kindOf = kindLookup(actions)
  const target = foreignTargets(plan, kindOf).find(
    (entry) => entry.index === Number(index) && entry.is.kind === 'heap_own',
  )
  if (!target) {
    return (
      <EmptyState title="There is nothing to take over">
        The schedule does not go to Heap's own action, or not any more.
      </EmptyState>
    )
  }
  const [ours] = usableActions(actions)
  if (ours) return <TakeOverForm plan={plan} target={target} actionId={ours.id} kindOf={kindOf} />
  const problem = actionProblem(actions, serverUrl.data ?? null)
  return problem ? <ProblemMessage problem={problem} /> : null
}
