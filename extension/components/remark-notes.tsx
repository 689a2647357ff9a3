import React from 'react'
import styled from 'styled-components'
import type { Remark } from '../../shared/report/remark.ts'
import { textsOf } from '../../shared/report/remark.ts'
import { countOf } from '../../shared/text/text-list.ts'
import { COLORS } from './colors.ts'

const Details = styled.details`
  color: ${COLORS.muted};
  font-size: ${({ theme }) => theme.fontSizes.small};
  line-height: 1.5;
  overflow-wrap: anywhere;

  summary {
    cursor: pointer;
    width: fit-content;
  }
  ul {
    margin: 4px 0 0;
    padding-left: 20px;
  }
`

/** The facts among remarks: there for who wants to know. Nothing where there are none. */
export function RemarkNotes({ remarks }: { remarks: readonly Pick<Remark, 'kind' | 'text'>[] }) {
  const notes = textsOf(remarks, 'note')
  if (notes.length === 0) return null
  return (
    <Details>
      <summary>{countOf(notes.length, 'note')}</summary>
      <ul>
        {notes.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Details>
  )
}
