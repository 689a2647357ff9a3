import React from 'react'
import styled from 'styled-components'
import { countOf } from '../../../shared/text/text-list.ts'
import { Table, TableFrame } from '../../components/table.tsx'
import { Muted } from '../../components/text.tsx'
import { valuesOf } from '../../sample/sample.ts'
import type { LookSample } from '../../sample/use-sample.ts'

/** More would not be read, and all columns are a click away. */
const COLUMNS = 12
const ROWS = 2

/** A line a column, whatever its values: what is cut stands in the title. */
const Values = styled(Table)`
  td {
    max-width: 120px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  th,
  td {
    padding: 6px 12px;
  }
  tbody th {
    min-width: 100px;
  }
`

/** The first rows side by side, a line for each column: labels and values are long, and rows are alike. */
export function PreviewTable({ sample: { sample } }: { sample: LookSample }) {
  const columns = sample.columns.slice(0, COLUMNS)
  const rows = sample.rows.slice(0, ROWS)
  const rest = sample.columns.length - columns.length
  return (
    <>
      <TableFrame>
        <Values aria-label="First rows">
          <thead>
            <tr>
              <th scope="col">Column</th>
              {rows.map((row, index) => (
                <th key={JSON.stringify([index, row])} scope="col">{`Row ${index + 1}`}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={`${column.name} ${column.label}`}>
                <th scope="row">{column.label}</th>
                {valuesOf(sample, column)
                  .slice(0, ROWS)
                  .map((value, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
                    <td key={index} title={textOf(value)}>
                      {textOf(value)}
                    </td>
                  ))}
              </tr>
            ))}
          </tbody>
        </Values>
      </TableFrame>
      <Muted>
        {sample.partial
          ? `The first ${countOf(sample.rows.length, 'row')}`
          : countOf(sample.rows.length, 'row')}
        {', '}
        {countOf(sample.columns.length, 'column')}
        {rest > 0 && `, ${rest} of them not shown here`}
      </Muted>
    </>
  )
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
