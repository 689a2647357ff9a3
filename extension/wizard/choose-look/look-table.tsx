import React from 'react'
import styled from 'styled-components'
import { formatDate } from '../../components/format-date.ts'
import { Table, TableFrame } from '../../components/table.tsx'
import { Tag } from '../../components/tag.tsx'
import { Muted } from '../../components/text.tsx'
import { useLocale } from '../../looker/locale.ts'
import type { LookSummary } from '../../looker/search-looks.ts'
import { withLook } from '../../sync/draft.ts'
import { useWizard } from '../wizard-context.ts'

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
`

/** A click anywhere in a row chooses its Look; for the keyboard the title is a button. */
export function LookTable(props: { label: string; looks: LookSummary[] }) {
  const { draft, update, goTo } = useWizard()
  const locale = useLocale()
  const choose = ({ id, title }: LookSummary) => {
    update(withLook(draft, { id, title }))
    goTo('map')
  }
  return (
    <TableFrame>
      <Table aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">Title</th>
            <th scope="col">Folder</th>
            <th scope="col">Owner</th>
            <th scope="col">Last updated</th>
          </tr>
        </thead>
        <Rows>
          {props.looks.map((look) => (
            <tr key={look.id} onClick={() => choose(look)}>
              <th scope="row">
                <Title type="button">{look.title}</Title>{' '}
                {look.id === draft.look?.id && <Tag intent="key">Chosen</Tag>}
                {look.description && (
                  <div>
                    <Muted>{look.description}</Muted>
                  </div>
                )}
              </th>
              <td>{look.folder ?? '-'}</td>
              <td>{look.owner ?? '-'}</td>
              <td>{look.updatedAt ? formatDate(look.updatedAt, locale) : '-'}</td>
            </tr>
          ))}
        </Rows>
      </Table>
    </TableFrame>
  )
}
