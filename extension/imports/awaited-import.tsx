import React, { useEffect, useState } from 'react'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Notice } from '../components/notice.tsx'
import { useNewestImport } from '../history/newest-import.ts'
import type { SyncAddress } from '../history/sync-ref.ts'

/** Seconds without a delivery after which the reader is told what may have happened. */
const PATIENCE = 60

/** Waits for Looker's delivery, then shows its import. @param children by the id of the import */
export function AwaitedImport(props: { address: SyncAddress; children: (id: number) => React.ReactElement }) {
  const newest = useNewestImport(props.address)
  const waited = useWaited(newest.id === null && !newest.error)
  if (newest.id !== null) return props.children(newest.id)
  if (newest.error) return <ErrorMessage error={newest.error} retry={() => newest.retry()} />
  return (
    <>
      <Loading slow="Looker runs the Look first.">Waiting for Looker to deliver the rows</Loading>
      {waited && (
        <Notice intent="warn" role="status">
          Nothing has arrived yet. Large Looks take a while, and Looker runs few deliveries at a time. If the
          Look fails, Looker mails you the reason.
        </Notice>
      )}
    </>
  )
}

function useWaited(waiting: boolean): boolean {
  const [waited, setWaited] = useState(false)
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => setWaited(true), PATIENCE * 1000)
    return () => clearTimeout(timer)
  }, [waiting])
  return waited && waiting
}
