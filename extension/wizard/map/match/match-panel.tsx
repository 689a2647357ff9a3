import { ButtonOutline } from '@looker/components'
import React, { useState } from 'react'
import styled from 'styled-components'
import { suggestKey } from '../../../../shared/advice/key/guess-mapping.ts'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import { NO_PROPERTY_NAMES, planProperties } from '../../../../shared/rows/property-plan.ts'
import { ErrorMessage } from '../../../components/error-message.tsx'
import { Loading } from '../../../components/loading.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Panel, Row, Stack } from '../../../components/panel.tsx'
import { Muted } from '../../../components/text.tsx'
import type { LookSample } from '../../../sample/use-sample.ts'
import { useSample } from '../../../sample/use-sample.ts'
import { useWizard } from '../../wizard-context.ts'
import { sendableNames } from '../check/sendable-names.ts'
import type { useRowCheck } from '../check/use-row-check.ts'
import { useKnownLook } from './known-look.ts'
import { KnownLookFields } from './known-look-fields.tsx'
import { MatchResult } from './match-result.tsx'
import { useKnownCheck } from './use-known-check.ts'
import { useMatch } from './use-match.ts'

const Summary = styled.summary`
  cursor: pointer;
  font-size: ${({ theme }) => theme.fontSizes.small};
  font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  width: fit-content;
`

type Props = { sample: LookSample; joinKey: Column; check: ReturnType<typeof useRowCheck> }

/** How many of the keys Heap knows, where a Look lists those: folded, for who has one. */
export function MatchPanel(props: Props) {
  const [open, setOpen] = useState(false)
  const { draft } = useWizard()
  return (
    <Panel
      as="details"
      onToggle={(event: React.SyntheticEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open)}
    >
      <Summary>{`How many of these ${draft.propertyType}s does Heap know? (optional)`}</Summary>
      {open && <MatchForm {...props} />}
    </Panel>
  )
}

function MatchForm({ sample, joinKey, check }: Props) {
  const { draft } = useWizard()
  const { look: remembered, choose } = useKnownLook(draft.environmentId.trim(), draft.propertyType)
  // The sync that keeps Heap's export itself up to date has nothing to be compared with.
  const look = remembered?.id === draft.look?.id ? null : remembered
  const theirs = useSample(look?.id ?? null)
  const all = theirs.data?.columns ?? []
  const columns = all.map(({ column }) => column)
  const keys = columns.filter(({ pivot }) => pivot === null)
  const suggested = suggestKey(all, draft.propertyType)?.column.name
  const column = keys.find(({ name }) => name === (look?.column || suggested))
  const known = useKnownCheck(look && { ...look, column: column?.name ?? '' })
  const state = useMatch({ sample, joinKey, check }, known, look?.title ?? '')
  const plan = column && planProperties(columns, column, sendableNames(columns, column, NO_PROPERTY_NAMES))
  const problem = plan?.kind === 'failed' ? plan.message : null

  function compare() {
    if (!theirs.data || !column) return
    known.start(theirs.data, column)
    // The keys of a check are kept for a day: what went wrong is tried again with two new ones.
    if (check.current === null || state.kind !== 'idle') check.start()
  }

  return (
    <Stack gap={12} style={{ marginTop: 12 }}>
      <Muted>
        {`Heap cannot be asked which ${draft.propertyType}s it knows. Where its own export lies in your warehouse, choose a Look of it: the keys of both Looks are compared, and nothing is sent.`}
      </Muted>
      <KnownLookFields look={look} columns={keys} column={column?.name ?? ''} choose={choose} />
      {look && theirs.isFetching && <Loading>{`Looker is running "${look.title}" for its columns`}</Loading>}
      {theirs.isError && <ErrorMessage error={theirs.error} retry={() => theirs.refetch()} />}
      {problem !== null && <Notice intent="critical">{`"${look?.title}": ${problem}`}</Notice>}
      <Row>
        <ButtonOutline
          type="button"
          size="small"
          disabled={!check.isReady || !column || problem !== null || state.kind === 'running'}
          onClick={compare}
        >
          {state.kind === 'idle' ? 'Compare the keys' : 'Compare again'}
        </ButtonOutline>
        <Muted>
          {check.isReady
            ? 'Runs both queries whole in the warehouse.'
            : 'Choose the join key and the Heap environment first.'}
        </Muted>
      </Row>
      <MatchResult state={state} title={look?.title ?? ''} />
    </Stack>
  )
}
