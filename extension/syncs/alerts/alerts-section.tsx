import React from 'react'
import { ErrorMessage } from '../../components/error-message.tsx'
import { Panel } from '../../components/panel.tsx'
import { Muted, SectionHeading } from '../../components/text.tsx'
import { useSyncAlerts } from '../../history/sync-alerts.ts'
import type { SyncAddress } from '../../history/sync-ref.ts'
import { knowsKeys } from '../../history/sync-ref.ts'
import { ReceiversForm } from './receivers-form.tsx'

/** Who is told when a sync begins to fail, is late, or is well again. */
export function AlertsSection({ address }: { address: SyncAddress }) {
  return (
    <section aria-labelledby="alerts-heading">
      <SectionHeading id="alerts-heading">Alerts</SectionHeading>
      {knowsKeys(address) ? (
        <Receivers syncRef={address.ref} />
      ) : (
        <Muted>Edit the sync and save it once: then it can have alerts.</Muted>
      )}
    </section>
  )
}

function Receivers({ syncRef }: { syncRef: string }) {
  const { alerts, save, test } = useSyncAlerts(syncRef)
  const { data } = alerts
  if (alerts.error && !data) return <ErrorMessage error={alerts.error} retry={() => alerts.refetch()} />
  if (!data) return null
  return (
    <Panel>
      <ReceiversForm key={JSON.stringify(data)} kept={data} save={save} test={test} />
    </Panel>
  )
}
