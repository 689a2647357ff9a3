import type { IScheduledPlan } from '@looker/sdk'
import React, { useMemo } from 'react'
import { useParams } from 'react-router-dom'
import { useKindOf } from '../actions/kind-lookup.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Page } from '../components/page.tsx'
import { useLook } from '../looker/look.ts'
import { usePlan } from '../looker/scheduled-plan.ts'
import { withModel } from '../sync/datagroup.ts'
import { draftOfPlan } from '../sync/draft-of-plan.ts'
import type { Target } from '../sync/targets.ts'
import { narrowTo, syncTarget } from '../sync/targets.ts'
import { NoSync } from '../syncs/no-sync.tsx'
import { useStoredDraft } from './use-stored-draft.ts'
import { WizardFrame } from './wizard-frame.tsx'

/** The wizard filled with an existing sync. */
export function EditSync() {
  const { planId } = useParams<{ planId: string }>()
  // A draft must not start from what the cache remembers of the sync.
  const plan = usePlan(planId, { fresh: true })
  const kindOf = useKindOf()
  const look = useLook(plan.data?.look_id ?? null)
  const lookTitle = look.data?.title ?? (look.isError ? 'Look' : null)
  if (plan.data && plan.isFetchedAfterMount && lookTitle !== null && kindOf) {
    const target = syncTarget(plan.data, kindOf)
    if (!target) {
      return (
        <Page>
          <NoSync plan={plan.data} kindOf={kindOf} />
        </Page>
      )
    }
    return (
      <LoadedSync
        key={planId}
        planId={planId}
        plan={plan.data}
        target={target}
        lookTitle={lookTitle}
        model={look.data?.model ?? null}
      />
    )
  }
  return (
    <Page>
      {plan.isError ? (
        <ErrorMessage error={plan.error} retry={() => plan.refetch()} />
      ) : (
        <Loading>Opening the sync</Loading>
      )}
    </Page>
  )
}

type LoadedSyncProps = {
  planId: string
  plan: IScheduledPlan
  target: Target
  lookTitle: string
  model: string | null
}

function LoadedSync({ planId, plan, target, lookTitle, model }: LoadedSyncProps) {
  const { index } = target
  // biome-ignore lint/correctness/useExhaustiveDependencies: the target is found anew at every render
  const initial = useMemo(() => {
    const draft = draftOfPlan(narrowTo(plan, target), lookTitle)
    const { schedule } = draft
    if (schedule.kind !== 'datagroup') return draft
    return { ...draft, schedule: { ...schedule, datagroup: withModel(schedule.datagroup, model) } }
  }, [plan, index, lookTitle, model])
  const { draft, ...rest } = useStoredDraft(`draft-${planId}`, initial, true)
  if (draft === null) return null
  return <WizardFrame planId={planId} draft={draft} saved={initial} {...rest} />
}
