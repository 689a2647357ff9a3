import { Button, ButtonOutline, Confirm } from '@looker/components'
import React from 'react'
import { Link } from 'react-router-dom'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { countOf } from '../../shared/text/text-list.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { Notice } from '../components/notice.tsx'
import { Row, Stack } from '../components/panel.tsx'
import { useChangeImport } from '../history/change-import.ts'
import type { SyncAddress } from '../history/sync-ref.ts'

type Props = { address: SyncAddress; detail: ImportDetail; pathOf: (id: number) => string }

/** Try again, cancel, release, discard: as far as the import allows it. */
export function ImportActions({ address, detail, pathOf }: Props) {
  const change = useChangeImport(address, detail.id)
  const { canRetry, canCancel, canRelease, pending } = detail
  const retried = change.variables === 'retry' && change.isSuccess ? change.data : null
  if (!canRetry && !canCancel && !canRelease && !change.isError && !change.isSuccess) return null
  return (
    <Stack gap={12}>
      <Row>
        {canRelease && (
          <Button disabled={change.isLoading} onClick={() => change.mutate('release')}>
            Release and send
          </Button>
        )}
        {canRelease && (
          <Asking
            label="Discard"
            title="Discard this delivery?"
            message="None of its rows is sent. They are counted as rejected, and cannot be tried again: send the Look again when they are wanted after all."
            disabled={change.isLoading}
            onConfirm={() => change.mutate('discard')}
          />
        )}
        {canRetry && retried === null && (
          <Button disabled={change.isLoading} onClick={() => change.mutate('retry')}>
            Try these rows again
          </Button>
        )}
        {canCancel && (
          <Asking
            label="Cancel import"
            title="Cancel this import?"
            message={`Nothing more of it is sent: ${pending > 0 ? `${countOf(pending, 'row')} that still ${pending === 1 ? 'waits' : 'wait'}, and what Looker still delivers,` : 'what Looker still delivers'} will be counted as rejected. What Heap already has stays there.`}
            disabled={change.isLoading}
            onConfirm={() => change.mutate('cancel')}
          />
        )}
      </Row>
      {change.isError && <ErrorMessage error={change.error} />}
      {retried !== null && (
        <Notice intent="inform" role="status">
          The rows are on their way again, as <Link to={pathOf(retried)}>an import of their own</Link>.
        </Notice>
      )}
      {change.isSuccess && change.variables === 'release' && detail.state !== 'finished' && (
        <Notice intent="inform" role="status">
          Released. Rows that a later delivery has brought are left out.
        </Notice>
      )}
      {change.isSuccess && change.variables === 'cancel' && (
        <Notice intent="inform" role="status">
          The import is cancelled. Requests that were on their way to Heap may still arrive.
        </Notice>
      )}
    </Stack>
  )
}

function Asking(props: {
  label: string
  title: string
  message: string
  disabled: boolean
  onConfirm: () => void
}) {
  return (
    <Confirm
      title={props.title}
      message={props.message}
      confirmLabel={props.label}
      cancelLabel="Go back"
      buttonColor="critical"
      onConfirm={(close) => {
        close()
        props.onConfirm()
      }}
    >
      {(open) => (
        <ButtonOutline color="critical" disabled={props.disabled} onClick={open}>
          {props.label}
        </ButtonOutline>
      )}
    </Confirm>
  )
}
