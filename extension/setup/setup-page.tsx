import { ButtonOutline } from '@looker/components'
import { useQueryClient } from '@tanstack/react-query'
import React from 'react'
import { Page, PageTitle } from '../components/page.tsx'
import { Panel, Row, Stack } from '../components/panel.tsx'
import { Lead, SectionHeading } from '../components/text.tsx'
import { Check } from './check.tsx'
import { SetupNames } from './setup-names.tsx'
import { useSetupChecks } from './use-setup-checks.ts'

/** Checks every piece between Looker and Heap, and says of each that is missing who puts it right, and how. */
export function SetupPage() {
  const checks = useSetupChecks()
  const cache = useQueryClient()
  return (
    <Page>
      <PageTitle>Setup</PageTitle>
      <Lead>
        The pieces that a sync needs. If one is missing, send this page's text to the person it names.
      </Lead>
      <Stack gap={16}>
        {checks.map((check) => (
          <Check key={check.title} {...check} />
        ))}
        <Row>
          <ButtonOutline onClick={() => cache.invalidateQueries()}>Check again</ButtonOutline>
        </Row>
        <Panel aria-labelledby="names-heading" style={{ marginTop: 16 }}>
          <SectionHeading id="names-heading">Names for the admin</SectionHeading>
          <SetupNames />
        </Panel>
      </Stack>
    </Page>
  )
}
