import React, { useEffect, useState } from 'react'
import { useNewestImport } from '../action-server/imports.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Notice } from '../components/notice.tsx'
import { ImportReport } from './import-report.tsx'

/** Seconds without a delivery after which the reader is told what may have happened. */
const PATIENCE = 60

/** Follows the newest import of a plan from Looker's delivery to its end. */
export function ImportProgress({ planId }: { planId: string }) {
  const newest = useNewestImport(planId)
  const waited = useWaited(newest.import === null && !newest.error)
  if (newest.import) return <ImportReport view={newest.import} />
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
