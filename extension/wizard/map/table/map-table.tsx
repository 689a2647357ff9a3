import { ButtonOutline } from '@looker/components'
import React, { useState } from 'react'
import styled from 'styled-components'
import { Row, Stack } from '../../../components/panel.tsx'
import { Table } from '../../../components/table.tsx'
import { Muted } from '../../../components/text.tsx'
import { useFocusOnMore } from '../../../components/use-focus-on-more.ts'
import { MapRow } from './map-row.tsx'
import type { PropertyRow } from './property-rows.ts'
import type { EditNames } from './use-names.ts'

/** Fields drawn at once; a Look of hundreds of columns stays quick to type in. */
const PAGE = 50

/** Scrolls with the page, under headings that stay: widths are shares, so that it never is wider than the page. */
const Columns = styled(Table)`
  border: 1px solid ${({ theme }) => theme.colors.ui2};
  border-collapse: separate;
  border-radius: 8px;
  border-spacing: 0;
  table-layout: fixed;

  th,
  td {
    padding: 10px 12px;
  }
  tbody th,
  td {
    min-width: 0;
  }
`

type Props = {
  rows: PropertyRow[]
  pivotedBy: string[]
  /** Name of the suggested key's field. */
  suggested: string | null
  /** Always the same functions, or every row is drawn at every key. */
  onEdit: EditNames
  onKey: (name: string) => void
}

/** One line for each field: is it the key, is it imported, and what is it called in Heap. */
export function MapTable({ rows, pivotedBy, suggested, onEdit, onKey }: Props) {
  const [shown, setShown] = useState(PAGE)
  const { list, more } = useFocusOnMore<HTMLDivElement>(Math.min(shown, rows.length))
  if (rows.length === 0) return <Muted role="status">No column fits the search.</Muted>
  return (
    <Stack gap={12} data-keep-enter ref={list}>
      <Columns aria-label="Columns and their properties">
        <thead>
          <tr>
            <th scope="col" style={{ width: '27%' }}>
              Looker column
            </th>
            <th scope="col" style={{ width: 40 }}>
              Key
            </th>
            <th scope="col">Property in Heap</th>
            <th scope="col" style={{ width: '20%' }}>
              Sample values
            </th>
            <th scope="col" style={{ width: 70 }}>
              Filled
            </th>
            <th scope="col" style={{ width: 74 }}>
              Unique
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <MapRow
              key={row.name}
              row={row}
              pivotedBy={pivotedBy}
              suggested={row.name === suggested}
              onEdit={onEdit}
              onKey={onKey}
            />
          ))}
        </tbody>
      </Columns>
      {rows.length > shown && (
        <Row>
          <Muted>
            {shown} of {rows.length} columns shown
          </Muted>
          <ButtonOutline
            type="button"
            size="small"
            onClick={() => {
              more()
              setShown(shown + PAGE)
            }}
          >
            Show more
          </ButtonOutline>
        </Row>
      )}
    </Stack>
  )
}
