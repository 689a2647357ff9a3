import React from 'react'
import { Link } from 'react-router-dom'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { ActionServerError } from '../action-server/action-server-error.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Notice } from '../components/notice.tsx'
import { Stack } from '../components/panel.tsx'
import { useImportDetail } from '../history/import-detail.ts'
import type { SyncAddress } from '../history/sync-ref.ts'
import { useLocale } from '../looker/locale.ts'
import { importSentence } from '../words/import-sentence.ts'
import { ImportActions } from './import-actions.tsx'
import { LivePanel } from './live-panel.tsx'
import { PropertiesSection } from './properties-section.tsx'
import { RejectedSection } from './rejected-section.tsx'
import { RemarksSection } from './remarks-section.tsx'
import { RowsSection } from './rows-section.tsx'
import { ToldSection } from './told-section.tsx'

type Props = {
  address: SyncAddress
  id: number
  /** The address of another import of the sync. */
  pathOf: (id: number) => string
}

/** All that is known of one import. */
export function ImportView({ address, id, pathOf }: Props) {
  const { data, error, retry } = useImportDetail(address, id)
  if (!data) {
    if (error instanceof ActionServerError && error.code === 'unknown_import') {
      return (
        <EmptyState title="This import is not known">
          It belongs to another sync, or is older than the server keeps them.
        </EmptyState>
      )
    }
    return error ? <ErrorMessage error={error} retry={retry} /> : <Loading>Opening the import</Loading>
  }
  return (
    <Stack gap={28}>
      {error !== null && <ErrorMessage error={error} retry={retry} />}
      <Stack gap={16}>
        <Verdict detail={data} />
        <Relatives detail={data} pathOf={pathOf} />
        <ImportActions address={address} detail={data} pathOf={pathOf} />
      </Stack>
      <RowsSection detail={data} />
      <RejectedSection address={address} detail={data} />
      <RemarksSection remarks={data.remarks} />
      <PropertiesSection detail={data} />
      <Told detail={data} />
    </Stack>
  )
}

function Verdict({ detail }: { detail: ImportDetail }) {
  if (detail.state !== 'finished') return <LivePanel detail={detail} />
  const { intent, is, todo } = importSentence(detail)
  return (
    <Notice intent={intent} role="status">
      <p>
        {detail.dryRun && 'Dry run, nothing was sent. '}
        <strong>{is}</strong>
      </p>
      {todo !== null && <p>{todo}</p>}
    </Notice>
  )
}

/** An import that tries rows of another again, and those that try its own. */
function Relatives({ detail, pathOf }: { detail: ImportDetail; pathOf: (id: number) => string }) {
  const { retryOf, retriedAs } = detail
  if (retryOf === null && retriedAs.length === 0) return null
  return (
    <Notice intent="inform">
      {retryOf !== null && (
        <p>
          These are rows of <Link to={pathOf(retryOf)}>import {retryOf}</Link> that are tried again.
        </p>
      )}
      {retriedAs.length > 0 && (
        <p>
          Rows of it were tried again as{' '}
          {retriedAs.map((other, index) => (
            <React.Fragment key={other}>
              {index > 0 && ', '}
              <Link to={pathOf(other)}>import {other}</Link>
            </React.Fragment>
          ))}
          .
        </p>
      )}
    </Notice>
  )
}

function Told({ detail }: { detail: ImportDetail }) {
  const locale = useLocale()
  return <ToldSection detail={detail} locale={locale} />
}
