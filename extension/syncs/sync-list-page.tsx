import { Button } from '@looker/components'
import React, { useMemo, useState } from 'react'
import { useHistory } from 'react-router-dom'
import { useKindOf } from '../actions/kind-lookup.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Notice } from '../components/notice.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { Stack } from '../components/panel.tsx'
import { Lead, Muted } from '../components/text.tsx'
import { usePlans } from '../looker/all-scheduled-plans.ts'
import { stepPath } from '../routes.ts'
import { findForeignSchedules } from '../sync/foreign-schedule.ts'
import { findSyncs } from '../sync/sync-summary.ts'
import { ForeignTable } from './foreign-table.tsx'
import { SyncTable } from './sync-table.tsx'

/** Every sync that the user may see. */
export function SyncListPage() {
  const plans = usePlans()
  const history = useHistory()
  const [now] = useState(() => new Date())
  const kindOf = useKindOf()
  const { syncs, foreign } = useMemo(() => {
    if (!plans.data || !kindOf) return { syncs: [], foreign: [] }
    const all = plans.data.plans
    return { syncs: findSyncs(all, kindOf, now), foreign: findForeignSchedules(all, kindOf) }
  }, [plans.data, kindOf, now])
  return (
    <Page>
      <PageTitle>Syncs</PageTitle>
      <Lead>
        Each sync sends a Look's rows to Heap, where every column is a property of users or accounts.
      </Lead>
      {(plans.isLoading || (plans.data && !kindOf)) && <Loading>Looking for syncs</Loading>}
      {plans.isError && <ErrorMessage error={plans.error} retry={() => plans.refetch()} />}
      {plans.data && kindOf && (
        <Stack gap={16}>
          {plans.data.scope === 'own' && (
            <Notice intent="inform">
              You see your own syncs. To see everybody's you need the permission see_schedules, which a Looker
              admin can give to your role.
            </Notice>
          )}
          {plans.data.scope === 'maybe_own' && (
            <Muted>
              All schedules that Looker shows you are your own. If others have syncs, you may lack the
              permission see_schedules.
            </Muted>
          )}
          {syncs.length > 0 ? (
            <SyncTable syncs={syncs} />
          ) : (
            <EmptyState
              title="No syncs yet"
              action={
                <Button onClick={() => history.push(stepPath(null, 'look'))}>Set up the first sync</Button>
              }
            >
              Choose a Look, pick its join key, and its columns become properties in Heap. It takes about a
              minute.
            </EmptyState>
          )}
          {foreign.length > 0 && <ForeignTable schedules={foreign} />}
        </Stack>
      )}
    </Page>
  )
}
