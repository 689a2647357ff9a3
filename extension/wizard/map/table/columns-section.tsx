import { FieldCheckbox, FieldText } from '@looker/components'
import React, { useCallback, useMemo, useState } from 'react'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import { planProperties } from '../../../../shared/rows/property-plan.ts'
import { Notice } from '../../../components/notice.tsx'
import { Row, Stack } from '../../../components/panel.tsx'
import type { LookSample } from '../../../sample/use-sample.ts'
import { useWizard } from '../../wizard-context.ts'
import { MapTable } from './map-table.tsx'
import { NameTools } from './name-tools.tsx'
import { PropertyCount } from './property-count.tsx'
import type { PropertyRow } from './property-rows.ts'
import { useNames } from './use-names.ts'
import { useNeighbours } from './use-neighbours.ts'
import { usePropertyRows } from './use-property-rows.ts'

type Props = { sample: LookSample; joinKey: Column | null; suggested: string | null }

/** Which column is the key, and what the others become. */
export function ColumnsSection({ sample, joinKey, suggested }: Props) {
  const { draft, update } = useWizard()
  const { propertyNames, propertyType } = draft
  const [text, setText] = useState('')
  /** Fixed when it is switched on: a row must not go while its name is being typed. */
  const [only, setOnly] = useState<ReadonlySet<string> | null>(null)
  const neighboursOf = useNeighbours()
  const rows = usePropertyRows(sample.columns, { joinKey, names: propertyNames, propertyType, neighboursOf })
  const names = useNames()
  const onKey = useCallback((name: string) => update({ joinKey: name, keyRisk: null }), [update])
  const troubled = useMemo(() => rows.filter(needsAttention).map(({ name }) => name), [rows])
  const wanted = text.trim().toLowerCase()
  const shown = rows.filter(
    (row) =>
      `${row.label} ${row.name}`.toLowerCase().includes(wanted) && (only === null || only.has(row.name)),
  )

  return (
    <Stack gap={12}>
      <Row gap={24} style={{ alignItems: 'flex-end' }}>
        <FieldText
          label="Search columns"
          type="search"
          width="280px"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Row gap={24} style={{ minHeight: 36 }}>
          {(troubled.length > 0 || only !== null) && (
            <FieldCheckbox
              label={`Only what needs attention (${troubled.length})`}
              checked={only !== null}
              onChange={() => setOnly(only === null ? new Set(troubled) : null)}
            />
          )}
          <PropertyCount rows={rows} />
        </Row>
      </Row>
      <NameTools rows={rows} shown={shown} {...names} />
      {joinKey && <PlanNotices sample={sample} joinKey={joinKey} faulty={troubled.length > 0} />}
      <MapTable
        rows={shown}
        pivotedBy={sample.sample.pivotedBy}
        suggested={suggested}
        onEdit={names.edit}
        onKey={onKey}
      />
    </Stack>
  )
}

function needsAttention({ problems, hints }: PropertyRow): boolean {
  return problems.length > 0 || hints.some(({ level }) => level === 'attention')
}

/** What is said of the names as a whole, where no row says it. */
function PlanNotices({ sample, joinKey, faulty }: { sample: LookSample; joinKey: Column; faulty: boolean }) {
  const { draft } = useWizard()
  const columns = useMemo(() => sample.columns.map(({ column }) => column), [sample])
  const plan = planProperties(columns, joinKey, draft.propertyNames)
  if (plan.kind === 'failed') return faulty ? null : <Notice intent="critical">{plan.message}</Notice>
  return (
    <>
      {plan.warnings.map((warning) => (
        <Notice key={warning} intent="warn">
          {warning}
        </Notice>
      ))}
    </>
  )
}
