import type { IScheduledPlan } from '@looker/sdk'
import React, { useState } from 'react'
import { useLocation, useParams } from 'react-router-dom'
import { countOf } from '../../shared/text/text-list.ts'
import type { KindOf } from '../actions/kind-lookup.ts'
import { useKindOf } from '../actions/kind-lookup.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Notice } from '../components/notice.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { Panel, Row, Stack } from '../components/panel.tsx'
import { ProblemMessage } from '../components/problem-message.tsx'
import { SectionHeading } from '../components/text.tsx'
import { useSyncHealths } from '../history/sync-healths.ts'
import { addressOf, knowsKeys } from '../history/sync-ref.ts'
import { useTellSchedule } from '../history/tell-schedule.ts'
import { useMe } from '../looker/me.ts'
import { usePlan } from '../looker/scheduled-plan.ts'
import { actionKindProblem } from '../problems/action-kind-problem.ts'
import { importPath } from '../routes.ts'
import { rightsOf } from '../sync/rights.ts'
import type { SyncSummary } from '../sync/sync-summary.ts'
import { findSyncs } from '../sync/sync-summary.ts'
import type { Target } from '../sync/targets.ts'
import { narrowTo, syncTarget } from '../sync/targets.ts'
import { CopyRun } from './copy-run.tsx'
import { DisabledOwner } from './disabled-owner.tsx'
import { KeyLookup } from './key-lookup.tsx'
import { LiveRun } from './live-run.tsx'
import { NoSync } from './no-sync.tsx'
import { RunsSection } from './runs/runs-section.tsx'
import { SavedNotice } from './saved-notice.tsx'
import { StateTag } from './state-tag.tsx'
import { SyncActions } from './sync-actions.tsx'
import { SyncOverview } from './sync-overview.tsx'
import { SyncState } from './sync-state.tsx'

/** One sync: what it does, what can be done with it, and its last imports. */
export function SyncPage() {
  const { planId } = useParams<{ planId: string }>()
  const plan = usePlan(planId)
  const kindOf = useKindOf()
  return (
    <Page>
      {plan.isLoading && <Loading>Opening the sync</Loading>}
      {plan.isError && (
        <>
          <PageTitle>Sync</PageTitle>
          <ErrorMessage error={plan.error} retry={() => plan.refetch()} />
        </>
      )}
      {plan.data && !kindOf && <Loading>Looking for the Heap action</Loading>}
      {plan.data && kindOf && <LoadedPlan key={planId} plan={plan.data} kindOf={kindOf} />}
    </Page>
  )
}

function LoadedPlan({ plan, kindOf }: { plan: IScheduledPlan; kindOf: KindOf }) {
  const [now] = useState(() => new Date())
  const [sync] = findSyncs([plan], kindOf, now)
  const target = syncTarget(plan, kindOf)
  if (!sync || !target) return <NoSync plan={plan} kindOf={kindOf} />
  return <LoadedSync plan={plan} sync={sync} target={target} />
}

function LoadedSync({ plan, sync, target }: { plan: IScheduledPlan; sync: SyncSummary; target: Target }) {
  const { state } = useLocation<{ saved?: string; copyId?: string } | undefined>()
  /** The copy of the plan that Looker runs now, and the newest run when it was asked to; undefined: not known yet. */
  const [asked, setAsked] = useState<{ copyId: string; after: number | null | undefined } | null>(
    state?.copyId === undefined ? null : { copyId: state.copyId, after: undefined },
  )
  const rights = rightsOf(plan, useMe().data?.id ?? null)
  const address = addressOf(plan, target)
  const pathOf = (importId: number) => importPath(sync.id, importId)
  useTellSchedule(address, plan)

  const hasId = knowsKeys(address)
  const [expecting, setExpecting] = useState(false)
  const { byRef, error, retry } = useSyncHealths([address.ref], expecting)
  const health = byRef?.get(address.ref)
  const last = health?.lastImport ?? null
  if (byRef && asked !== null && asked.after === undefined) setAsked({ ...asked, after: last?.id ?? null })
  const isExpecting = asked !== null && hasId && (last?.id ?? null) === asked.after
  if (isExpecting !== expecting) setExpecting(isExpecting)
  return (
    <>
      <Row>
        <PageTitle>{sync.name}</PageTitle>
        <StateTag state={sync.state} />
      </Row>
      <Stack gap={28} style={{ marginTop: 16 }}>
        <Stack gap={16}>
          <SavedNotice saved={state?.saved} />
          {target.is.kind !== 'ours' && <ProblemMessage problem={actionKindProblem(target.is)} />}
          {error !== null && <ErrorMessage error={error} retry={retry} />}
          {last !== null && last.state !== 'finished' && (
            <LiveRun key={last.id} address={address} id={last.id} pathOf={pathOf} />
          )}
          {health && health.state !== 'running' && (
            <SyncState health={health} paused={sync.state === 'paused'} pathOf={pathOf} />
          )}
          <DisabledOwner plan={plan} rights={rights} />
          <SyncActions
            sync={sync}
            rights={rights}
            onRun={(copyId) => setAsked({ copyId, after: byRef && (last?.id ?? null) })}
          />
          {asked !== null && !hasId && <CopyRun key={asked.copyId} planId={asked.copyId} />}
          {sync.moreTargets > 0 && (
            <Notice intent="inform">
              This schedule has {countOf(sync.moreTargets, 'more Heap destination')}. This page shows and
              changes one; what is done with the others stays as it is.
            </Notice>
          )}
        </Stack>
        {error === null && (
          <RunsSection
            address={address}
            version={last === null ? '' : JSON.stringify(last)}
            pathOf={pathOf}
          />
        )}
        {hasId && <KeyLookup address={address} pathOf={pathOf} />}
        <section aria-labelledby="settings-heading">
          <SectionHeading id="settings-heading">Settings</SectionHeading>
          <Panel>
            <SyncOverview plan={narrowTo(plan, target)} sync={sync} />
          </Panel>
        </section>
      </Stack>
    </>
  )
}
