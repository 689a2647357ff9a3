import { Button, ButtonOutline } from '@looker/components'
import React, { useState } from 'react'
import { useSendOnce } from '../../actions/send-once.ts'
import { ErrorMessage } from '../../components/error-message.tsx'
import { Loading } from '../../components/loading.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel, Row, Stack } from '../../components/panel.tsx'
import { Lead, Muted, SectionHeading } from '../../components/text.tsx'
import { useImportDetail } from '../../history/import-detail.ts'
import { useNewestImport } from '../../history/newest-import.ts'
import { planAddress } from '../../history/sync-ref.ts'
import { ImportProgress } from '../../imports/import-progress.tsx'
import { useLook } from '../../looker/look.ts'
import type { TakeOver, TakeOverContext } from '../../sync/take-over.ts'
import { planTakeOver } from '../../sync/take-over.ts'
import { TakeOverFacts } from './take-over-facts.tsx'
import { useSwitch } from './use-switch.ts'

type Props = Omit<TakeOverContext, 'model'>

export function TakeOverForm(props: Props) {
  const look = useLook(props.plan.look_id ?? null)
  if (look.isLoading && props.plan.look_id) return <Loading>Opening the Look</Loading>
  return <Steps {...props} model={look.data?.model ?? null} />
}

function Steps(context: TakeOverContext) {
  const [takeOver] = useState(() => planTakeOver(context))
  const { plan, target } = context
  if (takeOver.kind === 'impossible') {
    return (
      <Notice intent="critical" role="alert">
        <p>
          <strong>{plan.name} cannot be taken over.</strong>
        </p>
        {takeOver.reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </Notice>
    )
  }
  return (
    <>
      <Lead>
        {plan.name} goes to Heap's own action. Taken over, it goes to the action server of this extension: at
        the same times, with a count of every row and a reason for each that is not imported.
      </Lead>
      <Stack gap={24}>
        <Panel aria-label="What it becomes">
          <TakeOverFacts plan={plan} target={target} settings={takeOver.settings} />
        </Panel>
        <CheckAndSwitch takeOver={takeOver} {...context} />
      </Stack>
    </>
  )
}

function CheckAndSwitch(props: TakeOverContext & { takeOver: Extract<TakeOver, { kind: 'possible' }> }) {
  const { takeOver, actionId, plan } = props
  const { check, holders } = takeOver
  const run = useSendOnce()
  const checkId = run.data?.id ?? null
  return (
    <>
      <Panel aria-labelledby="check-heading">
        <SectionHeading id="check-heading">1. Check every row</SectionHeading>
        <Stack gap={16}>
          <Row>
            <ButtonOutline disabled={run.isLoading} onClick={() => run.mutate({ actionId, plan: check })}>
              {checkId === null ? 'Check every row' : 'Check again'}
            </ButtonOutline>
            <Muted>Looker delivers all rows to the action server, which counts them and sends nothing.</Muted>
          </Row>
          {run.isError && <ErrorMessage error={run.error} />}
          {checkId !== null && <ImportProgress key={checkId} planId={checkId} />}
        </Stack>
      </Panel>
      <Panel aria-labelledby="switch-heading">
        <SectionHeading id="switch-heading">2. Switch</SectionHeading>
        <Stack gap={16}>
          {holders.length > 0 && <KeptSecrets name={plan.name ?? ''} holders={holders} />}
          <SwitchButton {...props} checkId={checkId} />
        </Stack>
      </Panel>
    </>
  )
}

function KeptSecrets({ name, holders }: { name: string; holders: string[] }) {
  return (
    <Notice intent="warn">
      <p>
        <strong>
          {name} also sends to {holders.join(', ')}.
        </strong>{' '}
        Looker tells nobody the secrets of such a destination and would lose them if this page changed the
        schedule. So a second schedule is made, and this one stays as it is.
      </p>
      <p>Afterwards remove Heap from {name} in Looker, or both send to Heap.</p>
    </Notice>
  )
}

function SwitchButton(
  props: TakeOverContext & {
    takeOver: Extract<TakeOver, { kind: 'possible' }>
    checkId: string | null
  },
) {
  const { plan, actionId, takeOver, checkId } = props
  const change = useSwitch(plan.id ?? '', actionId, takeOver)
  const label = takeOver.holders.length > 0 ? 'Make the second schedule' : 'Switch to this action'
  if (checkId === null) {
    return (
      <Row>
        <Button disabled>{label}</Button>
        <Muted>Check the rows first.</Muted>
      </Row>
    )
  }
  return <AfterCheck checkId={checkId} label={label} change={change} />
}

function AfterCheck(props: { checkId: string; label: string; change: ReturnType<typeof useSwitch> }) {
  const { label, change } = props
  const address = planAddress(props.checkId)
  const checked = useImportDetail(address, useNewestImport(address).id).data
  const finished = checked?.state === 'finished'
  const importable = checked?.counts.delivered ?? 0
  const nothing = finished && importable === 0
  const some = finished && importable > 0 && !checked.success
  return (
    <>
      <Row>
        <Button disabled={!finished || nothing || change.isLoading} onClick={() => change.mutate()}>
          {some ? `${label} all the same` : label}
        </Button>
        {!finished && <Muted>The check has not ended yet.</Muted>}
        {nothing && <Muted>No row could be imported, so there is nothing to switch to.</Muted>}
      </Row>
      {some && (
        <Muted>
          Some rows would be rejected at every run, and Looker would report each as failed. Heap's own action
          says nothing of them.
        </Muted>
      )}
      {change.isError && <ErrorMessage error={change.error} />}
    </>
  )
}
