import { useMutation, useQueryClient } from '@tanstack/react-query'
import React from 'react'
import { useActionServer } from '../action-server/action-server.ts'
import { CheckboxField } from '../components/checkbox-field.tsx'
import { ErrorMessage } from '../components/error-message.tsx'
import { Stack } from '../components/panel.tsx'

/** Whether unusual deliveries of a sync wait for somebody to decide. @param syncId its sync_id */
export function AskFirst({ syncId, holds }: { syncId: string; holds: boolean }) {
  const { server } = useActionServer()
  const cache = useQueryClient()
  const set = useMutation(
    async (hold: boolean) => {
      await server?.send('PUT', `/syncs/${encodeURIComponent(syncId)}/guardrails`, {}, { hold })
    },
    { onSettled: () => cache.invalidateQueries(['sync-healths']) },
  )
  return (
    <Stack gap={12} style={{ marginTop: 20 }}>
      <CheckboxField
        label="Pause and ask when a delivery is unusual"
        description="Unusual: under half or over five times the usual rows, exactly as many as a limit of Looker, or a property that has become empty or another type. Looker mails it, and nothing is sent until you release it here; after 7 days it is discarded. Sending then begins only when all rows have been read."
        checked={set.isLoading ? set.variables === true : holds}
        disabled={set.isLoading}
        onChange={() => set.mutate(!holds)}
      />
      {set.isError && <ErrorMessage error={set.error} />}
    </Stack>
  )
}
