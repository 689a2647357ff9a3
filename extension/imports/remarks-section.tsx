import React from 'react'
import styled from 'styled-components'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { COLORS } from '../components/colors.ts'
import { Tag } from '../components/tag.tsx'
import { SectionHeading } from '../components/text.tsx'

const List = styled.ul`
  display: grid;
  font-size: ${({ theme }) => theme.fontSizes.small};
  gap: 10px;
  line-height: 1.5;
  list-style: none;
  margin: 0;
  padding: 0;

  li {
    color: ${({ theme }) => theme.colors.text};
    overflow-wrap: anywhere;
  }
  code {
    color: ${COLORS.muted};
    font-size: ${({ theme }) => theme.fontSizes.xsmall};
  }
`

/** What was said of the import beside its counts; warnings first, each with its code. */
export function RemarksSection({ remarks }: { remarks: ImportDetail['remarks'] }) {
  if (remarks.length === 0) return null
  const sorted = [...remarks].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'warning' ? -1 : 1))
  return (
    <section aria-labelledby="remarks-heading">
      <SectionHeading id="remarks-heading">Remarks</SectionHeading>
      <List>
        {sorted.map(({ kind, code, text }) => (
          <li key={`${code} ${text}`}>
            <Tag intent={kind === 'warning' ? 'warn' : 'neutral'}>
              {kind === 'warning' ? 'Warning' : 'Note'}
            </Tag>{' '}
            {text} <code>{code}</code>
          </li>
        ))}
      </List>
    </section>
  )
}
