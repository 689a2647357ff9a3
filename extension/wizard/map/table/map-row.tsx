import React, { memo } from 'react'
import styled from 'styled-components'
import { COLORS } from '../../../components/colors.ts'
import { Figure } from '../../../components/table.tsx'
import { Tag } from '../../../components/tag.tsx'
import { Mono, Muted } from '../../../components/text.tsx'
import { typeInWords } from '../../../sample/type-in-words.ts'
import { included, renamed } from './property-edits.ts'
import { PropertyName } from './property-name.tsx'
import type { PropertyRow } from './property-rows.ts'
import type { EditNames } from './use-names.ts'

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

  > span {
    min-width: 0;
  }
  input {
    flex: none;
    margin: 3px 0 0;
  }
`

const Line = styled.tr<{ $isKey: boolean }>`
  background: ${({ $isKey }) => ($isKey ? COLORS.tints.inform : 'transparent')};

  input[type='checkbox'],
  input[type='radio'] {
    accent-color: ${({ theme }) => theme.colors.key};
  }
  input[type='radio'] {
    margin: 3px 0 0 4px;
  }
`

type Props = {
  row: PropertyRow
  pivotedBy: string[]
  suggested: boolean
  onEdit: EditNames
  onKey: (name: string) => void
}

/** Drawn only when something about it changes: a table may have hundreds of them. */
export const MapRow = memo(function MapRow({ row, pivotedBy, suggested, onEdit, onKey }: Props) {
  const { label, name, state } = row
  const isKey = state === 'join_key'
  return (
    <Line $isKey={isKey}>
      <th scope="row">
        <Cell>
          <Label>
            <input
              type="checkbox"
              aria-label={`Import ${label}`}
              checked={state === 'imported'}
              disabled={state !== 'imported' && state !== 'excluded'}
              onChange={(event) => {
                const { checked } = event.currentTarget
                onEdit(
                  (names) => included(names, [row], checked),
                  `${checked ? 'import' : 'leave out'} ${label}`,
                )
              }}
            />
            <span>
              {label} {suggested && <Tag intent="key">Suggested key</Tag>}
              {state === 'hidden' && <Tag>Hidden</Tag>}
              {row.columns.some(({ pivot }) => pivot) && <Tag>Pivoted</Tag>}
              <br />
              <Mono>{name}</Mono> <Muted>{typeInWords(row.type)}</Muted>
            </span>
          </Label>
        </Cell>
      </th>
      <td>
        {row.canBeKey && (
          <input
            type="radio"
            name="join-key"
            aria-label={`Join key: ${label}`}
            checked={isKey}
            onChange={() => onKey(name)}
          />
        )}
      </td>
      <td>
        <Cell>
          {state === 'imported' ? (
            <PropertyName
              row={row}
              pivotedBy={pivotedBy}
              onRename={(property) => onEdit((names) => renamed(names, row, property), `rename ${label}`)}
            />
          ) : (
            <Muted>{reasonOf(row)}</Muted>
          )}
        </Cell>
      </td>
      <td>{row.examples.length > 0 ? row.examples.slice(0, 2).join(', ') : '-'}</td>
      <Figure>{row.filled}</Figure>
      <Figure>{row.distinct}</Figure>
    </Line>
  )
})

function reasonOf(row: PropertyRow): string {
  switch (row.state) {
    case 'join_key':
      return 'Join key: finds the user or account, and is not a property itself.'
    case 'hidden':
      return "Hidden in the Look's visualization, so not imported. Show it in the Look to import it."
    default:
      return 'Left out.'
  }
}
