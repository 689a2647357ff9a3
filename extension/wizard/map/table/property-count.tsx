import React from 'react'
import { countOf } from '../../../../shared/text/text-list.ts'
import { Muted } from '../../../components/text.tsx'
import type { PropertyRow } from './property-rows.ts'

/** How many properties there will be, and what is not imported. */
export function PropertyCount({ rows }: { rows: PropertyRow[] }) {
  const of = (state: PropertyRow['state']) => rows.filter((row) => row.state === state)
  const properties = of('imported').reduce((sum, row) => sum + row.columns.length, 0)
  const hidden = of('hidden').length + of('imported').reduce((sum, row) => sum + row.hiddenColumns.length, 0)
  const parts = [
    countOf(properties, 'property', 'properties'),
    ...(of('excluded').length > 0 ? [`${of('excluded').length} left out`] : []),
    ...(hidden > 0 ? [`${hidden} hidden in the Look`] : []),
  ]
  return <Muted role="status">{parts.join(', ')}</Muted>
}
