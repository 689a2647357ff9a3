import React from 'react'
import styled from 'styled-components'
import type { ImportDetail, PropertyFill } from '../../shared/api/import-detail.ts'
import { countOf, formatCount } from '../../shared/text/text-list.ts'
import { PART_COLORS } from '../charts/parts.ts'
import { Table, TableFrame } from '../components/table.tsx'
import { Muted, SectionHeading } from '../components/text.tsx'
import { share } from '../sample/share.ts'

const Fill = styled.div`
  align-items: center;
  display: flex;
  gap: 12px;

  > div {
    background: #e3e7ec;
    border-radius: 3px;
    flex: 0 1 160px;
    height: 8px;
    overflow: hidden;
  }
  > div > div {
    background: ${PART_COLORS.delivered};
    height: 100%;
  }
  span {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
`

/** The properties that the rows brought: in how many of them each had a value, and of which type. */
export function PropertiesSection({ detail }: { detail: ImportDetail }) {
  const { properties, counts } = detail
  if (properties === null || properties.length === 0) return null
  const rows = counts.received - counts.rejected - counts.skipped
  const total = Math.max(rows, ...properties.map(({ values }) => values))
  return (
    <section aria-labelledby="properties-heading">
      <SectionHeading id="properties-heading">
        {properties.length === 1 ? '1 property' : `${properties.length} properties`}
      </SectionHeading>
      <TableFrame>
        <Table aria-labelledby="properties-heading">
          <thead>
            <tr>
              <th scope="col">Property in Heap</th>
              <th scope="col">Rows with a value</th>
              <th scope="col">Type</th>
            </tr>
          </thead>
          <tbody>
            {properties.map((property) => (
              <tr key={property.name}>
                <th scope="row">{property.name}</th>
                <td>
                  <Fill>
                    <div aria-hidden="true">
                      <div style={{ width: total === 0 ? 0 : `${(property.values / total) * 100}%` }} />
                    </div>
                    <span>
                      {share(property.values, total)} <Muted>({formatCount(property.values)})</Muted>
                    </span>
                  </Fill>
                </td>
                <td>{typesInWords(property)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
      <p style={{ margin: '8px 0 0' }}>
        <Muted>
          Of {countOf(total, 'row')} that could be sent. An empty cell leaves the value in Heap as it is.
        </Muted>
      </p>
    </section>
  )
}

/** `Text`, `Number`, or how many of each where a property has several. */
export function typesInWords({ values, texts, numbers }: PropertyFill): string {
  if (values === 0) return 'No values'
  const types: [number, string][] = [
    [texts, 'Text'],
    [numbers, 'Number'],
  ]
  const present = types.filter(([count]) => count > 0)
  if (present.length === 1) return present[0]?.[1] ?? ''
  return present.map(([count, name]) => `${name} (${formatCount(count)})`).join(', ')
}
