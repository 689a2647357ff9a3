import { FieldText } from '@looker/components'
import React, { useState } from 'react'
import { countOf } from '../../shared/text/text-list.ts'
import { Row, Stack } from '../components/panel.tsx'
import { SelectField } from '../components/select-field.tsx'
import { Muted } from '../components/text.tsx'
import type { ListedSync, SyncFilter } from '../sync/sync-order.ts'
import { FILTER_WORDS, matchesFilter, orderSyncs } from '../sync/sync-order.ts'
import { SyncTable } from './sync-table.tsx'

const FILTERS = Object.keys(FILTER_WORDS) as SyncFilter[]

/** The syncs, those that need somebody first, narrowed by state and by words. */
export function ListedSyncs({ syncs, now }: { syncs: readonly ListedSync[]; now: Date }) {
  const [filter, setFilter] = useState<SyncFilter>('all')
  const [text, setText] = useState('')
  const shown = orderSyncs(syncs).filter((listed) => matchesFilter(listed, filter, text))
  const countIn = (one: SyncFilter) => syncs.filter((listed) => matchesFilter(listed, one, '')).length
  return (
    <Stack gap={16}>
      <Row style={{ alignItems: 'flex-end' }}>
        <div style={{ width: 280 }}>
          <FieldText
            label="Search syncs"
            placeholder="Name, environment or owner"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <SelectField
          label="Show"
          value={filter}
          options={FILTERS.map((value) => ({ value, label: `${FILTER_WORDS[value]} (${countIn(value)})` }))}
          onChange={(value) => setFilter(FILTERS.find((one) => one === value) ?? 'all')}
        />
        {shown.length < syncs.length && (
          <Muted role="status">
            {shown.length} of {countOf(syncs.length, 'sync')}
          </Muted>
        )}
      </Row>
      {shown.length > 0 ? <SyncTable syncs={shown} now={now} /> : <Muted>No sync is like this.</Muted>}
    </Stack>
  )
}
