import React from 'react'
import styled from 'styled-components'
import { COLORS } from '../../components/colors.ts'
import { formatDate } from '../../components/format-date.ts'
import { Figure, Table, TableFrame } from '../../components/table.tsx'
import { Muted } from '../../components/text.tsx'
import { useLocale } from '../../looker/locale.ts'
import type { LookSummary } from '../../looker/search-looks.ts'
import { LookSyncs } from './look-syncs.tsx'
import { useSyncsByLook } from './use-syncs-by-look.ts'

const Title = styled.button`
  background: none;
  border: 0;
  color: ${({ theme }) => theme.colors.link};
  cursor: pointer;
  font: inherit;
  font-weight: ${({ theme }) => theme.fontWeights.medium};
  padding: 0;
  text-align: left;

  &:hover {
    text-decoration: underline;
  }
`

const Rows = styled.tbody`
  tr {
    cursor: pointer;
  }
  tr:hover {
    background: ${({ theme }) => theme.colors.ui1};
  }
  tr[data-chosen='true'] {
    background: ${COLORS.tints.inform};
    box-shadow: inset 4px 0 0 ${({ theme }) => theme.colors.key};
  }
`

type Props = {
  label: string
  looks: LookSummary[]
  chosenId: string | null
  onChoose: (look: Pick<LookSummary, 'id' | 'title'>) => void
}

/** A click anywhere in a row chooses its Look; for the keyboard the title is a button. */
export function LookTable({ label, looks, chosenId, onChoose }: Props) {
  const locale = useLocale()
  const syncsOf = useSyncsByLook()
  return (
    <TableFrame>
      <Table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Look</th>
            <th scope="col">Last updated</th>
            <th scope="col">As a sync</th>
          </tr>
        </thead>
        <Rows>
          {looks.map(({ id, title, folder, owner, updatedAt }) => (
            <tr key={id} data-chosen={id === chosenId} onClick={() => onChoose({ id, title })}>
              <th scope="row">
                <Title type="button" aria-pressed={id === chosenId}>
                  {title}
                </Title>
                <div>
                  <Muted>{[folder, owner].filter(Boolean).join(' \u00b7 ') || '-'}</Muted>
                </div>
              </th>
              <Figure>{updatedAt ? formatDate(updatedAt, locale) : '-'}</Figure>
              <td>
                <LookSyncs syncs={syncsOf(id)} />
              </td>
            </tr>
          ))}
        </Rows>
      </Table>
    </TableFrame>
  )
}
