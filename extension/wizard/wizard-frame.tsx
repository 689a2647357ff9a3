import React, { useMemo, useRef, useState } from 'react'
import { useHistory, useLocation, useParams } from 'react-router-dom'
import { useServerUrl } from '../action-server/server-url.ts'
import { useHeapActions } from '../actions/heap-actions.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { ProblemMessage } from '../components/problem-message.tsx'
import { Stepper } from '../components/stepper.tsx'
import { actionProblem } from '../problems/action-problems.ts'
import { stepPath } from '../routes.ts'
import type { Draft } from '../sync/draft.ts'
import { ChooseLook } from './choose-look/choose-look.tsx'
import { EditBanner } from './edit-banner.tsx'
import { MapStep } from './map/map-step.tsx'
import { ScheduleStep } from './schedule/schedule-step.tsx'
import type { StepId } from './steps.ts'
import { furthestStep, isReachable, STEPS, stepOfAddress } from './steps.ts'
import type { Wizard } from './wizard-context.ts'
import { WizardContext } from './wizard-context.ts'

const PAGES: Record<StepId, () => JSX.Element> = {
  look: ChooseLook,
  map: MapStep,
  schedule: ScheduleStep,
}

type Props = Pick<Wizard, 'planId' | 'draft' | 'saved' | 'update' | 'discard' | 'startOver'>

/** The stepper and the page of the step in the address, or of the furthest one that is reachable. */
export function WizardFrame({ planId, draft, saved, update, discard, startOver }: Props) {
  const step = useShownStep(draft)
  const history = useHistory()
  const [rowCheck, setRowCheck] = useState<Wizard['rowCheck']>(null)
  const wizard = useMemo(() => {
    const goTo = (next: StepId) => history.push(stepPath(planId, next))
    return { planId, draft, saved, update, discard, startOver, goTo, rowCheck, setRowCheck }
  }, [planId, draft, saved, update, discard, startOver, history, rowCheck])

  const StepPage = PAGES[step]
  return (
    <WizardContext.Provider value={wizard}>
      <Page>
        {planId !== null && <EditBanner planId={planId} />}
        <Stepper steps={stepperSteps(planId, draft, step)} />
        <ActionGate step={step}>
          <StepPage key={step} />
        </ActionGate>
      </Page>
    </WizardContext.Provider>
  )
}

/**
 * The step of the address; where it is not reachable yet, the furthest that is, until the address changes: it
 * must not change while somebody fills it in. There is no redirect, since Looker's page knows none: it would
 * add an entry to the browser's history, and Back would lead from it to itself for ever.
 */
function useShownStep(draft: Draft): StepId {
  const { step: wanted } = useParams<{ step: string }>()
  const { key = '' } = useLocation()
  const address = `${key} ${wanted}`
  const shown = useRef<{ address: string; step: StepId } | null>(null)
  if (shown.current?.address !== address) {
    const step = stepOfAddress(wanted)
    shown.current = { address, step: step && isReachable(step, draft) ? step : furthestStep(draft) }
  }
  return shown.current.step
}

function stepperSteps(planId: string | null, draft: Draft, current: StepId) {
  const position = STEPS.findIndex(({ id }) => id === current)
  return STEPS.map(({ id, label }, index) => {
    const open = isReachable(id, draft) ? ('open' as const) : ('locked' as const)
    const state = id === current ? ('current' as const) : index < position ? ('done' as const) : open
    return { label, path: stepPath(planId, id), state }
  })
}

/**
 * Without an action the wizard could not end well, so it says so at its beginning. The list of Looks does not
 * wait for that: Looker has to ask the servers of its actions, which may be slow.
 */
function ActionGate(props: { step: StepId; children: JSX.Element }) {
  const actions = useHeapActions()
  const serverUrl = useServerUrl()
  if (actions.isLoading && props.step !== 'look') return <Loading>Looking for the Heap action</Loading>
  const problem = actions.data ? actionProblem(actions.data, serverUrl.data ?? null) : null
  if (!actions.isError && !problem) return props.children
  return (
    <>
      <PageTitle>Looker cannot send to Heap yet</PageTitle>
      {problem ? (
        <ProblemMessage problem={problem} retry={() => actions.refetch()} />
      ) : (
        <ErrorMessage error={actions.error} retry={() => actions.refetch()} />
      )}
    </>
  )
}
