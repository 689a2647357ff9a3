import { ButtonOutline } from '@looker/components'
import { useMutation } from '@tanstack/react-query'
import React from 'react'
import { useActionServer } from '../action-server/action-server.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { saveFile } from '../components/save-file.ts'
import { Muted } from '../components/text.tsx'
import { fetchRejectedCsv } from '../history/rejected-rows.ts'
import type { SyncAddress } from '../history/sync-ref.ts'

/** All rejected rows, or those for one reason, as a file. */
export function CsvButton({ address, id, reason }: { address: SyncAddress; id: number; reason: string }) {
  const { server } = useActionServer()
  const name = `rejected-rows-${id}${reason === '' ? '' : `-${reason}`}.csv`
  const save = useMutation(async () => {
    if (!server) throw new Error('the action server is not known yet')
    saveFile(name, await fetchRejectedCsv(server, address, id, reason), 'text/csv;charset=utf-8')
  })
  return (
    <>
      <ButtonOutline disabled={save.isLoading} onClick={() => save.mutate()}>
        {save.isLoading ? 'Fetching the rows' : 'Download as CSV'}
      </ButtonOutline>
      {save.isSuccess && (
        <Muted role="status">
          {name} went to your browser. If it does not appear, the LookML project needs the entitlement
          use_downloads of this version's manifest.
        </Muted>
      )}
      {save.isError && <ErrorMessage error={save.error} />}
    </>
  )
}
