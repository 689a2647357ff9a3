import { FieldText } from '@looker/components'
import React, { useState } from 'react'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { countOf } from '../../shared/text/text-list.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Row, Stack } from '../components/panel.tsx'
import { SelectField } from '../components/select-field.tsx'
import { Muted, SectionHeading } from '../components/text.tsx'
import { useSettled } from '../components/use-settled.ts'
import { useRejectedRows } from '../history/rejected-rows.ts'
import type { SyncAddress } from '../history/sync-ref.ts'
import { knowsKeys } from '../history/sync-ref.ts'
import { adviceFor } from '../words/reason-advice.ts'
import { CsvButton } from './csv-button.tsx'
import { capitalized, reasonInWords } from './reason-in-words.ts'
import { RejectedTable } from './rejected-table.tsx'

/** Every rejected row: by reason, searched by its key, page by page, and as a file. */
export function RejectedSection({ address, detail }: { address: SyncAddress; detail: ImportDetail }) {
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const key = useSettled(typed.trim())
  const reasons = [...new Set(detail.rejections.map((one) => one.reason))]
  const countsOf = (one: string) =>
    detail.rejections.filter((entry) => entry.reason === one).reduce((sum, { count }) => sum + count, 0)
  const rows = useRejectedRows(address, detail.id, { reason, key }, detail.counts.rejected)
  const found = rows.data?.pages.flatMap((page) => page.rows) ?? []
  const keysShown = rows.data?.pages[0]?.keysShown ?? knowsKeys(address)
  if (detail.counts.rejected === 0) return null
  return (
    <section aria-labelledby="rejected-heading">
      <SectionHeading id="rejected-heading">{countOf(detail.counts.rejected, 'rejected row')}</SectionHeading>
      <Stack gap={16}>
        <Row style={{ alignItems: 'flex-end' }}>
          <SelectField
            label="Reason"
            value={reason}
            options={[
              { value: '', label: 'All reasons' },
              ...reasons.map((one) => ({
                value: one,
                label: `${capitalized(reasonInWords(one, 2))} (${countsOf(one).toLocaleString('en-US')})`,
              })),
            ]}
            onChange={setReason}
          />
          {keysShown && (
            <div style={{ width: 260 }}>
              <FieldText
                label="Search by join key"
                placeholder="The key or how it begins"
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            </div>
          )}
          <CsvButton address={address} id={detail.id} reason={reason} />
        </Row>
        {!keysShown && (
          <Muted>
            Join keys are shown once the sync has an ID of its own: edit it and save it, and the runs from
            then on show them.
          </Muted>
        )}
        {reason !== '' && <Muted>{adviceFor(reason)}</Muted>}
        {rows.error && !rows.data ? (
          <ErrorMessage error={rows.error} retry={() => rows.refetch()} />
        ) : !rows.data ? (
          <Loading>Looking for the rows</Loading>
        ) : found.length === 0 ? (
          <Muted role="status">
            {key !== ''
              ? 'No rejected row has a key that begins so.'
              : 'The rows are not kept any more: only how many there were, and why.'}
          </Muted>
        ) : (
          <RejectedTable
            rows={found}
            keysShown={keysShown}
            more={rows.hasNextPage === true}
            loading={rows.isFetchingNextPage}
            onMore={() => rows.fetchNextPage()}
          />
        )}
      </Stack>
    </section>
  )
}
