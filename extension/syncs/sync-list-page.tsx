import { Button } from '@looker/components'
import React, { useMemo, useState } from 'react'
import { useHistory } from 'react-router-dom'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Notice } from '../components/notice.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { Stack } from '../components/panel.tsx'
import { Lead } from '../components/text.tsx'
import { usePlans } from '../looker/all-scheduled-plans.ts'
import { stepPath } from '../routes.ts'
import { findSyncs } from '../sync/sync-summary.ts'
import { SyncTable } from './sync-table.tsx'

/** Every sync that the user may see. */
export function SyncListPage() {
  const plans = usePlans()
  const history = useHistory()
  const [now] = useState(() => new Date())
  const syncs = useMemo(() => findSyncs(plans.data?.plans ?? [], now), [plans.data, now])
  return (
    <Page>
      <PageTitle>Syncs</PageTitle>
      <Lead>
        Each sync sends a Look's rows to Heap, where every column is a property of users or accounts.
      </Lead>
      {plans.isLoading && <Loading>Looking for syncs</Loading>}
      {plans.isError && <ErrorMessage error={plans.error} retry={() => plans.refetch()} />}
      {plans.data && (
        <Stack gap={16}>
          {plans.data.scope === 'own' && (
            <Notice intent="inform">
              You see your own syncs. To see everybody's you need the permission see_schedules, which a Looker
              admin can give to your role.
            </Notice>
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
        </Stack>
      )}
    </Page>
  )
}
