import type { IScheduledPlan } from '@looker/sdk'
import React from 'react'
import { useParams } from 'react-router-dom'
import type { KindOf } from '../actions/kind-lookup.ts'
import { useKindOf } from '../actions/kind-lookup.ts'
import { BackLink } from '../components/back-link.tsx'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { addressOf } from '../history/sync-ref.ts'
import { usePlan } from '../looker/scheduled-plan.ts'
import { importPath, syncPath } from '../routes.ts'
import { syncTarget } from '../sync/targets.ts'
import { NoSync } from '../syncs/no-sync.tsx'
import { ImportView } from './import-view.tsx'

/** One import of a sync. Looker shows its plan, and with it the ID of the sync, only to those who may see it. */
export function ImportPage() {
  const { planId, importId } = useParams<{ planId: string; importId: string }>()
  const plan = usePlan(planId)
  const kindOf = useKindOf()
  return (
    <Page>
      {plan.isError && (
        <>
          <PageTitle>Import</PageTitle>
          <ErrorMessage error={plan.error} retry={() => plan.refetch()} />
        </>
      )}
      {(plan.isLoading || (plan.data && !kindOf)) && <Loading>Opening the import</Loading>}
      {plan.data && kindOf && (
        <ImportOfPlan key={importId} plan={plan.data} kindOf={kindOf} importId={importId} />
      )}
    </Page>
  )
}

function ImportOfPlan({
  plan,
  kindOf,
  importId,
}: {
  plan: IScheduledPlan
  kindOf: KindOf
  importId: string
}) {
  const target = syncTarget(plan, kindOf)
  if (!target) return <NoSync plan={plan} kindOf={kindOf} />
  const planId = plan.id ?? ''
  return (
    <>
      <BackLink to={syncPath(planId)}>{plan.name || plan.title || 'Sync'}</BackLink>
      <PageTitle>{`Import ${importId}`}</PageTitle>
      <ImportView
        address={addressOf(plan, target)}
        id={Number(importId)}
        pathOf={(id) => importPath(planId, id)}
      />
    </>
  )
}
