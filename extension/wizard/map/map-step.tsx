import React, { useMemo } from 'react'
import { planProperties } from '../../../shared/rows/property-plan.ts'
import { Stack } from '../../components/panel.tsx'
import { SectionHeading } from '../../components/text.tsx'
import type { LookSample } from '../../sample/use-sample.ts'
import { JoinKeyFields } from '../join-key/join-key-fields.tsx'
import { PropertyFields } from '../properties/property-fields.tsx'
import { lostJoinKey, resolveJoinKey } from '../resolve-join-key.ts'
import { StepForm } from '../step-form.tsx'
import { stepErrors } from '../steps.ts'
import { WithSample } from '../with-sample.tsx'
import { useWizard } from '../wizard-context.ts'

const TITLE = 'Map the columns'

/** Step 2: which column finds the user or account in Heap, and what the others become there. */
export function MapStep() {
  return (
    <WithSample title={TITLE}>
      {(sample, refresh) => <MapForm sample={sample} refresh={refresh} />}
    </WithSample>
  )
}

function MapForm({ sample, refresh }: { sample: LookSample; refresh: () => void }) {
  const { draft } = useWizard()
  const columns = useMemo(() => sample.columns.map(({ column }) => column), [sample])
  const joinKey = resolveJoinKey(columns, draft)
  const lost = lostJoinKey(columns, draft)
  const errors = stepErrors('map', draft)
  const plan = joinKey && planProperties(columns, joinKey, draft.propertyNames)
  return (
    <StepForm
      step="map"
      title={TITLE}
      lead="The join key is the column that says whom a row is about; every other column becomes one property. Each delivery overwrites the values that Heap has."
      errors={[
        ...Object.values(errors),
        ...(lost === null ? [] : [lost]),
        ...(plan?.kind === 'failed' ? [plan.message] : []),
      ]}
    >
      {(showErrors) => (
        <Stack gap={24}>
          <JoinKeyFields sample={sample} refresh={refresh} errors={showErrors ? errors : {}} />
          {joinKey && (
            <section aria-labelledby="properties-heading">
              <SectionHeading id="properties-heading">Properties</SectionHeading>
              <PropertyFields sample={sample} joinKey={joinKey} />
            </section>
          )}
        </Stack>
      )}
    </StepForm>
  )
}
