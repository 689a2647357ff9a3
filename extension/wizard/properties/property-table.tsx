import { ButtonOutline, ButtonTransparent } from '@looker/components'
import React, { useState } from 'react'
import { Row, Stack } from '../../components/panel.tsx'
import { Table, TableFrame } from '../../components/table.tsx'
import { Muted } from '../../components/text.tsx'
import { useFocusOnMore } from '../../components/use-focus-on-more.ts'
import type { NamesEdit } from './property-edits.ts'
import { included } from './property-edits.ts'
import type { PropertyRow } from './property-rows.ts'
import { PropertyTableRow } from './property-table-row.tsx'

/** Fields drawn at once; a Look of hundreds of columns stays quick to type in. */
const PAGE = 50

export function PropertyTable(props: {
  rows: PropertyRow[]
  pivotedBy: string[]
  /** Always the same function, or every row is drawn at every key. */
  onEdit: (edit: NamesEdit) => void
}) {
  const { rows, pivotedBy, onEdit } = props
  const [shown, setShown] = useState(PAGE)
  const { list, more } = useFocusOnMore<HTMLDivElement>(Math.min(shown, rows.length))
  if (rows.length === 0) return <Muted role="status">No column fits the search.</Muted>
  return (
    <Stack gap={12} data-keep-enter ref={list}>
      {rows.length > 1 && (
        <Row gap={4}>
          <ButtonTransparent
            type="button"
            size="small"
            onClick={() => onEdit((names) => included(names, rows, true))}
          >
            {`Import all ${rows.length} columns`}
          </ButtonTransparent>
          <ButtonTransparent
            type="button"
            size="small"
            onClick={() => onEdit((names) => included(names, rows, false))}
          >
            {`Leave out all ${rows.length}`}
          </ButtonTransparent>
        </Row>
      )}
      <TableFrame>
        <Table aria-label="Columns and their properties">
          <thead>
            <tr>
              <th scope="col" style={{ width: '27%' }}>
                Looker column
              </th>
              <th scope="col" style={{ width: '32%' }}>
                Property in Heap
              </th>
              <th scope="col">Type</th>
              <th scope="col">Sample values</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <PropertyTableRow key={row.name} row={row} pivotedBy={pivotedBy} onEdit={onEdit} />
            ))}
          </tbody>
        </Table>
      </TableFrame>
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
