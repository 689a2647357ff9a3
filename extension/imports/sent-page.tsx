import { Button, ButtonOutline } from '@looker/components'
import React from 'react'
import { useHistory, useParams } from 'react-router-dom'
import { BackLink } from '../components/back-link.tsx'
import { formatDateTime } from '../components/format-date.ts'
import { Loading } from '../components/loading.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { Row, Stack } from '../components/panel.tsx'
import { Lead } from '../components/text.tsx'
import type { SyncAddress } from '../history/sync-ref.ts'
import { planAddress } from '../history/sync-ref.ts'
import { useLocale } from '../looker/locale.ts'
import { PATHS, sentImportPath, stepPath } from '../routes.ts'
import type { SentOnce } from '../sync/once-memory.ts'
import { useSentOnce } from '../sync/use-sent-once.ts'
import { AwaitedImport } from './awaited-import.tsx'
import { ImportView } from './import-view.tsx'

/** What was sent once: what becomes of the rows, also later. Only the browser that sent it knows its ID. */
export function SentPage() {
  const { planId, importId } = useParams<{ planId: string; importId?: string }>()
  const history = useHistory()
  const remembered = useSentOnce()
  const sent = remembered.data?.find((one) => one.planId === planId) ?? null
  return (
    <Page>
      <BackLink to={PATHS.syncs}>Syncs</BackLink>
      <PageTitle>{importId === undefined ? 'Sending to Heap' : `Import ${importId}`}</PageTitle>
      <SentLead sent={sent} />
      {remembered.isLoading ? (
        <Loading>Looking it up</Loading>
      ) : (
        <Stack gap={24}>
          <SentImport
            key={`${planId} ${importId}`}
            address={sent ? { ref: sent.syncId, planId } : planAddress(planId)}
            planId={planId}
            importId={importId}
          />
          <Row>
            <Button onClick={() => history.push(PATHS.syncs)}>All syncs</Button>
            <ButtonOutline onClick={() => history.push(stepPath(null, 'look'))}>
              Set up another sync
            </ButtonOutline>
          </Row>
        </Stack>
      )}
    </Page>
  )
}

function SentLead({ sent }: { sent: SentOnce | null }) {
  const locale = useLocale()
  return (
    <Lead>
      {sent && `${sent.title}, sent once on ${formatDateTime(new Date(sent.at), locale)}. `}
      You may leave this page; the delivery goes on without it. In Heap the values show a few minutes later.
    </Lead>
  )
}

function SentImport(props: { address: SyncAddress; planId: string; importId: string | undefined }) {
  const { address, planId, importId } = props
  const view = (id: number) => (
    <ImportView address={address} id={id} pathOf={(other) => sentImportPath(planId, other)} />
  )
  return importId === undefined ? (
    <AwaitedImport address={address}>{view}</AwaitedImport>
  ) : (
    view(Number(importId))
  )
}
