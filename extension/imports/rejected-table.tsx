import { ButtonOutline } from '@looker/components'
import React from 'react'
import styled from 'styled-components'
import type { RejectedRowView } from '../../shared/api/rejected-rows.ts'
import { countOf } from '../../shared/text/text-list.ts'
import { Row, Stack } from '../components/panel.tsx'
import { Figure, Table, TableFrame } from '../components/table.tsx'
import { Mono, Muted } from '../components/text.tsx'
import { adviceFor } from '../words/reason-advice.ts'
import { capitalized, reasonInWords } from './reason-in-words.ts'

/** A key of hundreds of characters leaves room for why it was rejected. */
const Key = styled(Mono)`
  display: inline-block;
  max-width: 240px;
  width: max-content;
`

type Props = {
  rows: RejectedRowView[]
  keysShown: boolean
  /** There are more than these. */
  more: boolean
  loading: boolean
  onMore: () => void
}

export function RejectedTable({ rows, keysShown, more, loading, onMore }: Props) {
  return (
    <Stack gap={12}>
      <TableFrame>
        <Table aria-label="Rejected rows">
          <thead>
            <tr>
              <th scope="col">Row</th>
              {keysShown && <th scope="col">Join key</th>}
              <th scope="col">Why</th>
              <th scope="col">What to do</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, key, reason, text }) => (
              <tr key={row}>
                <Figure>{row}</Figure>
                {keysShown && <td>{key === null ? <Muted>none</Muted> : <Key>{key}</Key>}</td>}
                <td>
                  {capitalized(reasonInWords(reason, 1))}
                  {text !== null && (
                    <div>
                      <Muted>Heap: {text}</Muted>
                    </div>
                  )}
                </td>
                <td>
                  <Muted>{adviceFor(reason)}</Muted>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
      <Row>
        <Muted role="status">
          {more ? `The first ${countOf(rows.length, 'row')}` : countOf(rows.length, 'row')}
        </Muted>
        {more && (
          <ButtonOutline size="small" disabled={loading} onClick={onMore}>
            Load more
          </ButtonOutline>
        )}
      </Row>
    </Stack>
  )
}
