import { FieldCheckbox, FieldText } from '@looker/components'
import React, { useCallback, useMemo, useState } from 'react'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { planProperties } from '../../../shared/rows/property-plan.ts'
import { Notice } from '../../components/notice.tsx'
import { Row, Stack } from '../../components/panel.tsx'
import type { LookSample } from '../../sample/use-sample.ts'
import { StepForm } from '../step-form.tsx'
import { WithJoinKey } from '../with-join-key.tsx'
import { useWizard } from '../wizard-context.ts'
import { PropertyCount } from './property-count.tsx'
import type { NamesEdit } from './property-edits.ts'
import { PropertyTable } from './property-table.tsx'
import { usePropertyRows } from './use-property-rows.ts'

const TITLE = 'Name the properties'

/** Step 3: which column becomes which property. */
export function PropertiesStep() {
  return (
    <WithJoinKey title={TITLE}>
      {(sample, joinKey) => <PropertiesForm sample={sample} joinKey={joinKey} />}
    </WithJoinKey>
  )
}

function PropertiesForm({ sample, joinKey }: { sample: LookSample; joinKey: Column }) {
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
    <StepForm
      step="properties"
      title={TITLE}
      lead="Every column becomes one property, called by the column's label. Rename a column or leave it out here; the Look stays as it is. Each delivery overwrites the values that Heap has."
      errors={plan.kind === 'failed' ? [faultText(faulty, plan.message)] : []}
    >
      {() => (
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
      )}
    </StepForm>
  )
}

function faultText(faulty: number, message: string): string {
  if (faulty === 0) return message
  return faulty === 1
    ? 'One column needs another name, or must be left out.'
    : `${faulty} columns need another name, or must be left out.`
}
