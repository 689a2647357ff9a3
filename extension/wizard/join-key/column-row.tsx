import React, { memo } from 'react'
import styled from 'styled-components'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { COLORS } from '../../components/colors.ts'
import { Figure } from '../../components/table.tsx'
import { Tag } from '../../components/tag.tsx'
import { Mono } from '../../components/text.tsx'
import { share } from '../../sample/share.ts'
import { typeInWords } from '../../sample/type-in-words.ts'
import type { SampledColumn } from '../../sample/use-sample.ts'

const Label = styled.label`
  align-items: flex-start;
  cursor: pointer;
  display: flex;
  gap: 10px;

  input {
    accent-color: ${({ theme }) => theme.colors.key};
    flex: none;
    margin: 3px 0 0;
  }
`

const TableRow = styled.tr<{ $checked: boolean }>`
  background: ${({ $checked }) => ($checked ? COLORS.tints.inform : 'transparent')};
`

type Props = {
  sampled: SampledColumn
  checked: boolean
  proposed: boolean
  onChoose: (column: Column) => void
}

/** Drawn only when something about it changes, as the rows of the properties below. */
export const ColumnRow = memo(function ColumnRow({ sampled, checked, proposed, onChoose }: Props) {
  const { column, stats } = sampled
  return (
    <TableRow $checked={checked}>
      <th scope="row">
        <Label>
          <input type="radio" name="join-key" checked={checked} onChange={() => onChoose(column)} />
          <span>
            {column.label} {proposed && <Tag intent="key">Suggested</Tag>}
            {column.hidden && <Tag>Hidden in the Look</Tag>}
            <br />
            <Mono>{column.name}</Mono>
          </span>
        </Label>
      </th>
      <Figure>{typeInWords(column.type)}</Figure>
      <td>{stats.examples.length > 0 ? stats.examples.join(', ') : '-'}</td>
      <Figure>{stats.filled > 0 ? share(stats.distinct, stats.filled) : '-'}</Figure>
      <Figure>{stats.rows > 0 ? share(stats.filled, stats.rows) : '-'}</Figure>
    </TableRow>
  )
})
