import React from 'react'
import { Notice } from '../components/notice.tsx'
import { Stack } from '../components/panel.tsx'
import { ImportProgress } from '../imports/import-progress.tsx'

/** Run now of a sync without an ID: Looker runs a copy of its plan, and the run is known by that copy's number only. */
export function CopyRun({ planId }: { planId: string }) {
  return (
    <Stack gap={12}>
      <ImportProgress planId={planId} />
      <Notice intent="inform">
        Edit the sync and save it once: it then gets an ID, by which its runs are found wherever Looker ran
        them, with the join keys of rejected rows.
      </Notice>
    </Stack>
  )
}
