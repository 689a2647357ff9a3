import React from 'react'
import styled from 'styled-components'
import type { ImportSummary } from '../../../shared/api/import-summary.ts'
import { formatCount } from '../../../shared/text/text-list.ts'
import { Table, TableFrame } from '../../components/table.tsx'
import { formatDuration } from '../../words/duration.ts'
import { runInWords } from '../../words/run-outcome.ts'
import { Name } from '../name-link.tsx'
import { OutcomeTag } from './outcome-tag.tsx'

const Amount = styled.td`
  font-variant-numeric: tabular-nums;
  text-align: right !important;
  white-space: nowrap;
`

const AmountHead = styled.th`
  text-align: right !important;
`

type Props = {
  id: string
  runs: readonly ImportSummary[]
  pathOf: (importId: number) => string
  timeOf: (run: ImportSummary) => string
}

/** The runs, newest first, with all that the chart shows. */
export function RunsTable({ id, runs, pathOf, timeOf }: Props) {
  return (
    <TableFrame>
      <Table id={id} aria-label="Runs">
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col">Result</th>
            <AmountHead scope="col">Received</AmountHead>
            <AmountHead scope="col">Delivered</AmountHead>
            <AmountHead scope="col">Rejected</AmountHead>
            <AmountHead scope="col">Skipped</AmountHead>
            <AmountHead scope="col">Replaced</AmountHead>
            <AmountHead scope="col">Unchanged</AmountHead>
            <AmountHead scope="col">Took</AmountHead>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <Name to={pathOf(run.id)}>{timeOf(run)}</Name>
              </th>
              <td>
                <OutcomeTag run={run} /> {runInWords(run)}
                {run.dryRun && ', dry run'}
                {run.testRows !== null && ', test'}
              </td>
              <Amount>{formatCount(run.counts.received)}</Amount>
              <Amount>{formatCount(run.counts.delivered)}</Amount>
              <Amount>{formatCount(run.counts.rejected)}</Amount>
              <Amount>{formatCount(run.counts.skipped)}</Amount>
              <Amount>{formatCount(run.counts.superseded)}</Amount>
              <Amount>{formatCount(run.counts.unchanged)}</Amount>
              <Amount>{tookInWords(run)}</Amount>
            </tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function tookInWords({ startedAt, finishedAt }: ImportSummary): string {
  return finishedAt === null ? '-' : formatDuration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
}
