import type { IScheduledPlan } from '@looker/sdk'
import React, { useMemo } from 'react'
import { useParams } from 'react-router-dom'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Page } from '../components/page.tsx'
import { useLook } from '../looker/look.ts'
import { usePlan } from '../looker/scheduled-plan.ts'
import { draftOfPlan } from '../sync/draft-of-plan.ts'
import { useStoredDraft } from './use-stored-draft.ts'
import { WizardFrame } from './wizard-frame.tsx'

/** The wizard filled with an existing sync. */
export function EditSync() {
  const { planId } = useParams<{ planId: string }>()
  // A draft must not start from what the cache remembers of the sync.
  const plan = usePlan(planId, { fresh: true })
  const look = useLook(plan.data?.look_id ?? null)
  const lookTitle = look.data?.title ?? (look.isError ? 'Look' : null)
  if (plan.data && plan.isFetchedAfterMount && lookTitle !== null) {
    return <LoadedSync key={planId} planId={planId} plan={plan.data} lookTitle={lookTitle} />
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

function LoadedSync(props: { planId: string; plan: IScheduledPlan; lookTitle: string }) {
  const { planId, plan, lookTitle } = props
  const initial = useMemo(() => draftOfPlan(plan, lookTitle), [plan, lookTitle])
  const { draft, ...rest } = useStoredDraft(`draft-${planId}`, initial, true)
  if (draft === null) return null
  return <WizardFrame planId={planId} draft={draft} {...rest} />
}
