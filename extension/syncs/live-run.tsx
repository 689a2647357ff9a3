import React from 'react'
import { ErrorMessage } from '../components/error-message.tsx'
import { useImportDetail } from '../history/import-detail.ts'
import type { SyncAddress } from '../history/sync-ref.ts'
import { LivePanel } from '../imports/live-panel.tsx'
import { Name } from './name-link.tsx'

/** The delivery of a sync that is under way; nothing once it has ended. */
export function LiveRun(props: { address: SyncAddress; id: number; pathOf: (importId: number) => string }) {
  const { data, error, retry } = useImportDetail(props.address, props.id)
  if (error !== null && !data) return <ErrorMessage error={error} retry={retry} />
  if (!data || data.state === 'finished') return null
  return (
    <LivePanel detail={data}>
      <Name to={props.pathOf(props.id)}>Open this run</Name>
    </LivePanel>
  )
}
