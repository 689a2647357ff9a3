import React, { useMemo, useState } from 'react'
import { suggestKey } from '../../../shared/advice/key/guess-mapping.ts'
import { planProperties } from '../../../shared/rows/property-plan.ts'
import { Notice } from '../../components/notice.tsx'
import { Panel, Stack } from '../../components/panel.tsx'
import type { LookSample } from '../../sample/use-sample.ts'
import { lostJoinKey, resolveJoinKey } from '../resolve-join-key.ts'
import { StepForm } from '../step-form.tsx'
import { stepErrors } from '../steps.ts'
import { WithSample } from '../with-sample.tsx'
import { useWizard } from '../wizard-context.ts'
import { MappingBar } from './bar/mapping-bar.tsx'
import { CheckDetails } from './check/check-details.tsx'
import { CheckStatus } from './check/check-status.tsx'
import { useRowCheck } from './check/use-row-check.ts'
import { KeyNotice, RISK_FIELD } from './key/key-notice.tsx'
import { SampleLine } from './key/sample-line.tsx'
import { SubjectLine } from './key/subject-line.tsx'
import { useGuess } from './key/use-guess.ts'
import { useKeyRisk } from './key/use-key-risk.ts'
import { MatchPanel } from './match/match-panel.tsx'
import { ColumnsSection } from './table/columns-section.tsx'

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
  const guess = useGuess(sample)
  const columns = useMemo(() => sample.columns.map(({ column }) => column), [sample])
  const suggestion = useMemo(
    () => suggestKey(sample.columns, draft.propertyType),
    [sample, draft.propertyType],
  )
  const joinKey = resolveJoinKey(columns, draft)
  const picked = sample.columns.find(({ column }) => column === joinKey)
  const isJudged = useKeyRisk(sample, picked)
  const check = useRowCheck(sample, isJudged ? joinKey : null)
  const [why, setWhy] = useState(false)
  const lost = lostJoinKey(columns, draft)
  const errors = stepErrors('map', draft)
  const plan = joinKey && planProperties(columns, joinKey, draft.propertyNames)
  return (
    <StepForm
      step="map"
      title={TITLE}
      lead="The join key says whom a row is about; every other column becomes one property, and each delivery overwrites its values in Heap."
      errors={[
        ...Object.values(errors),
        ...(lost === null ? [] : [lost]),
        ...(plan?.kind === 'failed' ? [plan.message] : []),
      ]}
      before={
        <CheckStatus
          check={check}
          isDoubtful={draft.keyRisk !== null && !draft.keyRisk.understood}
          onDoubt={() => document.getElementById(RISK_FIELD)?.focus()}
          onWhy={() => setWhy(true)}
        />
      }
    >
      {(showErrors) => (
        <Stack gap={20}>
          <Panel aria-label="Mapping of the Look">
            <Stack gap={16}>
              <MappingBar sample={sample} joinKey={joinKey?.name ?? ''} errors={showErrors ? errors : {}} />
              <SubjectLine guess={guess} />
              {lost !== null && <Notice intent="critical">{lost}</Notice>}
              {draft.joinKey === '' && <NoKeyNotice suggested={suggestion?.column.label ?? null} />}
              {picked && <KeyNotice sample={sample} picked={picked} suggestion={suggestion} />}
              <SampleLine sample={sample} refresh={refresh} />
            </Stack>
          </Panel>
          {why && <CheckDetails check={check} onClose={() => setWhy(false)} />}
          {joinKey && <MatchPanel sample={sample} joinKey={joinKey} check={check} />}
          <ColumnsSection sample={sample} joinKey={joinKey} suggested={suggestion?.column.name ?? null} />
        </Stack>
      )}
    </StepForm>
  )
}

function NoKeyNotice({ suggested }: { suggested: string | null }) {
  return (
    <Notice intent="warn" role="status">
      {suggested === null
        ? 'Choose the join key: no column is tagged as one, is a primary key or is called like one. Where none says whom a row is about, add such a column to the Look.'
        : `Choose the join key: ${suggested} looks like it.`}
    </Notice>
  )
}
