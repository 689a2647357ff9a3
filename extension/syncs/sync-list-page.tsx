import { Button } from '@looker/components'
import React, { useMemo } from 'react'
import { useHistory } from 'react-router-dom'
import type { KindOf } from '../actions/kind-lookup.ts'
import { useKindOf } from '../actions/kind-lookup.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { Stack } from '../components/panel.tsx'
import { Lead } from '../components/text.tsx'
import { useNow } from '../components/use-now.ts'
import { useSyncHealths } from '../history/sync-healths.ts'
import { addressOf } from '../history/sync-ref.ts'
import type { PlanList } from '../looker/all-scheduled-plans.ts'
import { usePlans } from '../looker/all-scheduled-plans.ts'
import { stepPath } from '../routes.ts'
import { findForeignSchedules } from '../sync/foreign-schedule.ts'
import { listedState } from '../sync/sync-order.ts'
import { findSyncs } from '../sync/sync-summary.ts'
import { syncTarget } from '../sync/targets.ts'
import { useSentOnce } from '../sync/use-sent-once.ts'
import { ForeignTable } from './foreign-table.tsx'
import { ListedSyncs } from './listed-syncs.tsx'
import { ScopeNotice } from './scope-notice.tsx'
import { SentOnceTable } from './sent-once-table.tsx'

/** Every sync that the user may see, and what the user sent once. */
export function SyncListPage() {
  const plans = usePlans()
  const kindOf = useKindOf()
  return (
    <Page>
      <PageTitle>Syncs</PageTitle>
      <Lead>
        Each sync sends a Look's rows to Heap, where every column is a property of users or accounts.
      </Lead>
      {(plans.isLoading || (plans.data && !kindOf)) && <Loading>Looking for syncs</Loading>}
      {plans.isError && <ErrorMessage error={plans.error} retry={() => plans.refetch()} />}
      {plans.data && kindOf && <LoadedList list={plans.data} kindOf={kindOf} />}
    </Page>
  )
}

function LoadedList({ list, kindOf }: { list: PlanList; kindOf: KindOf }) {
  const history = useHistory()
  const now = useNow()
  const sent = useSentOnce().data ?? []
  const { syncs, foreign } = useMemo(() => {
    const found = findSyncs(list.plans, kindOf, new Date())
    const refs = new Map(
      list.plans.flatMap((plan) => {
        const target = syncTarget(plan, kindOf)
        return target ? [[plan.id ?? '', addressOf(plan, target).ref] as const] : []
      }),
    )
    return {
      syncs: found.map((sync) => ({ sync, ref: refs.get(sync.id) ?? '' })),
      foreign: findForeignSchedules(list.plans, kindOf),
    }
  }, [list, kindOf])
  const { byRef, error, retry } = useSyncHealths([
    ...syncs.map(({ ref }) => ref),
    ...sent.map(({ syncId }) => syncId),
  ])
  const listed = syncs.map(({ sync, ref }) => {
    const health = byRef?.get(ref)
    return { sync, health, state: listedState(sync, health) }
  })
  return (
    <Stack gap={24}>
      <ScopeNotice scope={list.scope} />
      {error !== null && <ErrorMessage error={error} retry={retry} />}
      {listed.length > 0 ? (
        <ListedSyncs syncs={listed} now={now} />
      ) : (
        <EmptyState
          title="No syncs yet"
          action={<Button onClick={() => history.push(stepPath(null, 'look'))}>Set up the first sync</Button>}
        >
          Choose a Look, pick its join key, and its columns become properties in Heap. It takes about a
          minute.
        </EmptyState>
      )}
      {sent.length > 0 && <SentOnceTable sent={sent} byRef={byRef} now={now} />}
      {foreign.length > 0 && <ForeignTable schedules={foreign} />}
    </Stack>
  )
}
