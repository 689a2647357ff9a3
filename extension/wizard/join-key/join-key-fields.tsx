import React, { useCallback, useMemo, useRef } from 'react'
import { suggestKey } from '../../../shared/advice/key/guess-mapping.ts'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { Notice } from '../../components/notice.tsx'
import { Panel, Stack } from '../../components/panel.tsx'
import { SectionHeading } from '../../components/text.tsx'
import type { LookSample } from '../../sample/use-sample.ts'
import { lostJoinKey, resolveJoinKey } from '../resolve-join-key.ts'
import { useWizard } from '../wizard-context.ts'
import { CheckRows } from './check-rows.tsx'
import { ColumnPicker } from './column-picker.tsx'
import { HeapSide } from './heap-side.tsx'
import { KeyReport } from './key-report.tsx'
import { ProposalNotice } from './proposal-notice.tsx'
import { SampleLine } from './sample-line.tsx'

type Props = {
  sample: LookSample
  refresh: () => void
  /** By field, to be shown with it. */
  errors: Record<string, string>
}

/** Which column finds the user or account in Heap, and how. */
export function JoinKeyFields({ sample, refresh, errors }: Props) {
  const { draft, update } = useWizard()
  const columns = useMemo(() => sample.columns.map(({ column }) => column), [sample])
  const proposal = useMemo(() => suggestKey(sample.columns, draft.propertyType), [sample, draft.propertyType])
  const choose = useCallback((column: Column) => update({ joinKey: column.name }), [update])
  const picker = useRef<HTMLDivElement>(null)
  const lost = lostJoinKey(columns, draft)
  const chosen = resolveJoinKey(columns, draft)
  const picked = sample.columns.find(({ column }) => column === chosen)

  return (
    <Stack gap={24}>
      <Panel aria-labelledby="column-heading">
        <SectionHeading id="column-heading">Column of the Look</SectionHeading>
        <Stack gap={12}>
          <SampleLine sample={sample} refresh={refresh} />
          {lost !== null && <Notice intent="critical">{lost}</Notice>}
          {proposal && draft.joinKey === '' && (
            <ProposalNotice
              proposal={proposal}
              onTake={() => {
                update({ joinKey: proposal.column.name })
                // The button goes; the focus would go with it.
                picker.current?.querySelector('input')?.focus()
              }}
            />
          )}
          <div ref={picker}>
            <ColumnPicker columns={sample.columns} chosen={chosen} proposal={proposal} onChoose={choose} />
          </div>
          {picked && <KeyReport picked={picked} partial={sample.sample.partial} proposal={proposal} />}
        </Stack>
      </Panel>
      <HeapSide errors={errors} />
      <CheckRows columns={columns} joinKey={chosen} />
    </Stack>
  )
}
