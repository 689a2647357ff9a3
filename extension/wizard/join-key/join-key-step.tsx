import React, { useMemo, useRef } from 'react'
import { suggestKey } from '../../../shared/advice/key/guess-mapping.ts'
import { Notice } from '../../components/notice.tsx'
import { Panel, Stack } from '../../components/panel.tsx'
import { SectionHeading } from '../../components/text.tsx'
import type { LookSample } from '../../sample/use-sample.ts'
import { lostJoinKey, resolveJoinKey } from '../resolve-join-key.ts'
import { StepForm } from '../step-form.tsx'
import { stepErrors } from '../steps.ts'
import { WithSample } from '../with-sample.tsx'
import { useWizard } from '../wizard-context.ts'
import { CheckRows } from './check-rows.tsx'
import { ColumnPicker } from './column-picker.tsx'
import { HeapSide } from './heap-side.tsx'
import { KeyReport } from './key-report.tsx'
import { ProposalNotice } from './proposal-notice.tsx'
import { SampleLine } from './sample-line.tsx'

const TITLE = 'Pick the join key'

/** Step 2: which column finds the user or account in Heap, and how. */
export function JoinKeyStep() {
  return (
    <WithSample title={TITLE}>
      {(sample, refresh) => <JoinKeyForm sample={sample} refresh={refresh} />}
    </WithSample>
  )
}

function JoinKeyForm({ sample, refresh }: { sample: LookSample; refresh: () => void }) {
  const { draft, update } = useWizard()
  const columns = useMemo(() => sample.columns.map(({ column }) => column), [sample])
  const proposal = useMemo(() => suggestKey(sample.columns, draft.propertyType), [sample, draft.propertyType])
  const picker = useRef<HTMLDivElement>(null)
  const lost = lostJoinKey(columns, draft)
  const chosen = resolveJoinKey(columns, draft)
  const picked = sample.columns.find(({ column }) => column === chosen)
  const errors = stepErrors('join-key', draft)
  const all = [...Object.values(errors), ...(lost === null ? [] : [lost])]

  return (
    <StepForm
      step="join-key"
      title={TITLE}
      lead="The join key is the column that says whom a row is about: an email address, a user ID, an account ID. Its values must be unique and must be spelled as in Heap, upper and lower case included."
      errors={all}
    >
      {(showErrors) => (
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
                <ColumnPicker
                  columns={sample.columns}
                  chosen={chosen}
                  proposal={proposal}
                  onChoose={(column) => update({ joinKey: column.name })}
                />
              </div>
              {picked && <KeyReport picked={picked} partial={sample.sample.partial} proposal={proposal} />}
            </Stack>
          </Panel>
          <HeapSide errors={showErrors ? errors : {}} />
          <CheckRows columns={columns} joinKey={chosen} />
        </Stack>
      )}
    </StepForm>
  )
}
