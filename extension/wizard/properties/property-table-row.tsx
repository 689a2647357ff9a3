import React, { memo } from 'react'
import styled from 'styled-components'
import { Figure } from '../../components/table.tsx'
import { Tag } from '../../components/tag.tsx'
import { Mono, Muted } from '../../components/text.tsx'
import { typeInWords } from '../../sample/type-in-words.ts'
import type { NamesEdit } from './property-edits.ts'
import { included, renamed } from './property-edits.ts'
import { PropertyName } from './property-name.tsx'
import type { PropertyRow } from './property-rows.ts'

/**
 * Skipped by the browser while it is far from what the window shows: otherwise every key paints the fields of
 * all rows. It clips what sticks out, so the outline of a field gets room inside.
 */
const Cell = styled.div`
  contain-intrinsic-size: auto none auto 41px;
  content-visibility: auto;
  margin: -3px;
  padding: 3px;
`

const Label = styled.label`
  align-items: flex-start;
  display: flex;
  gap: 10px;

  input {
    accent-color: ${({ theme }) => theme.colors.key};
    flex: none;
    margin: 3px 0 0;
  }
`

type Props = {
  row: PropertyRow
  pivotedBy: string[]
  onEdit: (edit: NamesEdit) => void
}

/** Drawn only when something about it changes: a table may have hundreds of them. */
export const PropertyTableRow = memo(function PropertyTableRow({ row, pivotedBy, onEdit }: Props) {
  const choosable = row.state === 'imported' || row.state === 'excluded'
  return (
    <tr>
      <th scope="row">
        <Cell>
          <Label>
            <input
              type="checkbox"
              aria-label={`Import ${row.label}`}
              checked={row.state === 'imported'}
              disabled={!choosable}
              onChange={(event) => {
                const { checked } = event.currentTarget
                onEdit((names) => included(names, [row], checked))
              }}
            />
            <span>
              {row.label} <StateTag row={row} />
              <br />
              <Mono>{row.name}</Mono>
            </span>
          </Label>
        </Cell>
      </th>
      <td style={{ minWidth: 220 }}>
        <Cell>
          {row.state === 'imported' ? (
            <PropertyName
              row={row}
              pivotedBy={pivotedBy}
              onRename={(property) => onEdit((names) => renamed(names, row, property))}
            />
          ) : (
            <Muted>{reasonOf(row)}</Muted>
          )}
        </Cell>
      </td>
      <Figure>{typeInWords(row.type)}</Figure>
      <td>{row.examples.length > 0 ? row.examples.join(', ') : '-'}</td>
    </tr>
  )
})

function StateTag({ row }: { row: PropertyRow }) {
  if (row.state === 'join_key') return <Tag intent="key">Join key</Tag>
  if (row.state === 'hidden') return <Tag>Hidden</Tag>
  return row.columns.some(({ pivot }) => pivot) ? <Tag>Pivoted</Tag> : null
}

function reasonOf(row: PropertyRow): string {
  switch (row.state) {
    case 'join_key':
      return 'Finds the user or account; not a property itself.'
    case 'hidden':
      return "Hidden in the Look's visualization, so not imported. Show it in the Look to import it."
    default:
      return 'Left out.'
  }
}
