import { FieldCheckbox, FieldText } from '@looker/components'
import React, { useCallback, useMemo, useState } from 'react'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { planProperties } from '../../../shared/rows/property-plan.ts'
import { Notice } from '../../components/notice.tsx'
import { Row, Stack } from '../../components/panel.tsx'
import type { LookSample } from '../../sample/use-sample.ts'
import { useWizard } from '../wizard-context.ts'
import { PropertyCount } from './property-count.tsx'
import type { NamesEdit } from './property-edits.ts'
import { PropertyTable } from './property-table.tsx'
import { usePropertyRows } from './use-property-rows.ts'

/** Which column becomes which property. */
export function PropertyFields({ sample, joinKey }: { sample: LookSample; joinKey: Column }) {
  const { draft, update } = useWizard()
  const [text, setText] = useState('')
  /** Fixed when it is switched on: a row must not go while its name is being typed. */
  const [only, setOnly] = useState<ReadonlySet<string> | null>(null)
  const { propertyNames, propertyType } = draft
  const rows = usePropertyRows(sample.columns, joinKey, propertyNames, propertyType)
  const columns = useMemo(() => sample.columns.map(({ column }) => column), [sample])
  const plan = planProperties(columns, joinKey, propertyNames)
  const edit = useCallback(
    (change: NamesEdit) => update((known) => ({ propertyNames: change(known.propertyNames) })),
    [update],
  )
  const faultyNames = rows.filter(({ problems }) => problems.length > 0).map(({ name }) => name)
  const faulty = faultyNames.length
  const wanted = text.trim().toLowerCase()
  const shown = rows.filter(
    (row) =>
      `${row.label} ${row.name}`.toLowerCase().includes(wanted) && (only === null || only.has(row.name)),
  )

  return (
    <Stack gap={16}>
      <Row gap={24} style={{ alignItems: 'flex-end' }}>
        <FieldText
          label="Search columns"
          type="search"
          width="320px"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {(faulty > 0 || only !== null) && (
          <FieldCheckbox
            label={`Only what needs attention (${faulty})`}
            checked={only !== null}
            onChange={() => setOnly(only === null ? new Set(faultyNames) : null)}
          />
        )}
      </Row>
      <PropertyCount rows={rows} />
      {plan.kind === 'planned' &&
        plan.warnings.map((warning) => (
          <Notice key={warning} intent="warn">
            {warning}
          </Notice>
        ))}
      {plan.kind === 'failed' && faulty === 0 && <Notice intent="critical">{plan.message}</Notice>}
      <PropertyTable rows={shown} pivotedBy={sample.sample.pivotedBy} onEdit={edit} />
    </Stack>
  )
}
