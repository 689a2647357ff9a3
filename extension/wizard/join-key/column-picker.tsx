import { FieldText } from '@looker/components'
import React, { useState } from 'react'
import styled from 'styled-components'
import type { KeySuggestion as Proposal } from '../../../shared/advice/key/guess-mapping.ts'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { countOf } from '../../../shared/text/text-list.ts'
import { Stack } from '../../components/panel.tsx'
import { Table, TableFrame } from '../../components/table.tsx'
import { Muted } from '../../components/text.tsx'
import type { SampledColumn } from '../../sample/use-sample.ts'
import { ColumnRow } from './column-row.tsx'

const Frame = styled(TableFrame)`
  max-height: 420px;
`

/** From this many columns on, searching is quicker than reading. */
const MANY = 12

/** The columns as rows of a table with a radio button each; the proposed one stands first. */
export function ColumnPicker(props: {
  columns: SampledColumn[]
  chosen: Column | null
  proposal: Proposal | null
  onChoose: (column: Column) => void
}) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const usable = props.columns.filter(({ column }) => column.pivot === null)
  const pivoted = props.columns.length - usable.length
  const found = usable.filter(({ column }) => `${column.label} ${column.name}`.toLowerCase().includes(wanted))
  const rank = ({ column }: SampledColumn) => Number(column !== props.proposal?.column)
  const shown = [...found].sort((a, b) => rank(a) - rank(b))

  return (
    <Stack gap={12}>
      {usable.length > MANY && (
        <FieldText
          label={`Search the ${usable.length} columns`}
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <Frame>
        <Table aria-label="Columns of the Look">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              <th scope="col">Sample values</th>
              <th scope="col">Unique</th>
              <th scope="col">Filled</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((sampled) => (
              <ColumnRow
                key={sampled.column.name}
                sampled={sampled}
                checked={sampled.column === props.chosen}
                proposed={sampled.column === props.proposal?.column}
                onChoose={props.onChoose}
              />
            ))}
          </tbody>
        </Table>
      </Frame>
      {shown.length === 0 && <Muted role="status">No column has this in its name.</Muted>}
      {pivoted > 0 && (
        <Muted>{countOf(pivoted, 'pivoted column')} not listed: a join key has one value in a row.</Muted>
      )}
    </Stack>
  )
}
