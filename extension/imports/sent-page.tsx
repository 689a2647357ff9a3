import { Button, ButtonOutline } from '@looker/components'
import React from 'react'
import { useHistory, useParams } from 'react-router-dom'
import { Page, PageTitle } from '../components/page.tsx'
import { Row, Stack } from '../components/panel.tsx'
import { Lead } from '../components/text.tsx'
import { PATHS, stepPath } from '../routes.ts'
import { ImportProgress } from './import-progress.tsx'

/** After sending once: what becomes of the rows. */
export function SentPage() {
  const { planId } = useParams<{ planId: string }>()
  const history = useHistory()
  return (
    <Page>
      <PageTitle>Sending to Heap</PageTitle>
      <Lead>
        You may leave this page; the delivery goes on without it. In Heap the values show a few minutes later.
      </Lead>
      <Stack gap={24}>
        <ImportProgress key={planId} planId={planId} />
        <Row>
          <Button onClick={() => history.push(PATHS.syncs)}>All syncs</Button>
          <ButtonOutline onClick={() => history.push(stepPath(null, 'look'))}>
            Set up another sync
          </ButtonOutline>
        </Row>
      </Stack>
    </Page>
  )
}
