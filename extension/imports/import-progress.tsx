import React from 'react'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { useImportDetail } from '../history/import-detail.ts'
import type { SyncAddress } from '../history/sync-ref.ts'
import { planAddress } from '../history/sync-ref.ts'
import { AwaitedImport } from './awaited-import.tsx'
import { ImportReport } from './import-report.tsx'

/** Follows a check of the rows, which runs once and has no sync, from Looker's delivery to its end. */
export function ImportProgress({ planId }: { planId: string }) {
  const address = planAddress(planId)
  return <AwaitedImport address={address}>{(id) => <Followed address={address} id={id} />}</AwaitedImport>
}

function Followed({ address, id }: { address: SyncAddress; id: number }) {
  const { data, error, retry } = useImportDetail(address, id)
  if (data) return <ImportReport view={data} />
  return error ? <ErrorMessage error={error} retry={retry} /> : <Loading>Opening the import</Loading>
}
