import { useActionServerCheck } from '../action-server/action-server.ts'
import { useServerUrl } from '../action-server/server-url.ts'
import { useHeapActions } from '../actions/heap-actions.ts'
import { missingEntitlements, readEntitlements } from '../looker/entitlements.ts'
import { formProblem, registrationProblem } from '../problems/action-problems.ts'
import { explainError } from '../problems/explain-error.ts'
import type { Problem } from '../problems/problem.ts'
import { problem } from '../problems/problem.ts'

export type SetupCheck = {
  title: string
  about: string
  /** `waiting`: it depends on another that failed. */
  state: 'checking' | 'fine' | 'problem' | 'waiting'
  problem: Problem | null
}

type Query = { isFetching: boolean; isSuccess: boolean; error: unknown }

/** In the order in which an admin sets them up. */
export function useSetupChecks(): SetupCheck[] {
  const actions = useHeapActions()
  const serverUrl = useServerUrl()
  const server = useActionServerCheck()
  const missing = missingEntitlements(readEntitlements(globalThis))
  const missingAction = actions.data ? registrationProblem(actions.data, serverUrl.data ?? null) : null
  const missingForm = actions.data ? formProblem(actions.data) : null

  return [
    {
      title: 'Entitlements of the extension',
      about:
        'What the manifest lets the extension do. Looker does not tell every extension; then it is assumed.',
      ...(missing.length === 0 ? FINE : failed(entitlementProblem(missing))),
    },
    {
      title: 'Heap action in Looker',
      about: 'The action is registered and enabled, so that Looker offers Heap as a destination.',
      ...(missingAction ? failed(missingAction) : outcome(actions)),
    },
    {
      title: 'Looker reaches the action server',
      about: 'Looker asks the server for its form, with the authorization token of the action.',
      ...(missingAction ? WAITING : missingForm ? failed(missingForm) : outcome(actions)),
    },
    {
      title: 'The extension reaches the action server',
      about: 'Needed for Check every row and for the progress of imports; syncs run without it.',
      ...outcome(server),
    },
  ]
}

const FINE = { state: 'fine' as const, problem: null }

const WAITING = { state: 'waiting' as const, problem: null }

function failed(cause: Problem) {
  return { state: 'problem' as const, problem: cause }
}

function outcome(query: Query) {
  if (query.isFetching) return { state: 'checking' as const, problem: null }
  if (query.error) return failed(explainError(query.error))
  return query.isSuccess ? FINE : WAITING
}

function entitlementProblem(missing: readonly string[]): Problem {
  return problem('The manifest grants too little', {
    detail: `Missing: ${missing.join(', ')}.`,
    who: 'A Looker developer',
    steps: ['Take the manifest.lkml of this version, deploy the project to production and reload this page.'],
  })
}
