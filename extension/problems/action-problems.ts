import type { ActionKind } from '../actions/action-kind.ts'
import type { HeapAction } from '../actions/heap-actions.ts'
import { usableActions } from '../actions/heap-actions.ts'
import { actionKindProblem } from './action-kind-problem.ts'
import type { Problem } from './problem.ts'
import { problem } from './problem.ts'

/** What keeps Looker from sending to our action at all; null when nothing does. */
export function actionProblem(actions: readonly HeapAction[], serverUrl: string | null): Problem | null {
  if (usableActions(actions).length > 0) return null
  return registrationProblem(actions, serverUrl) ?? formProblem(actions)
}

/** Why no enabled action of Looker's is or may be ours; null when one is. */
export function registrationProblem(
  actions: readonly HeapAction[],
  serverUrl: string | null,
): Problem | null {
  const possible = actions.filter(({ is }) => MAY_BE_OURS.includes(is.kind))
  if (possible.length === 0) return notRegistered(actions, serverUrl)
  if (possible.some((action) => action.enabled)) return null
  return problem('The Heap action is not enabled', {
    detail: 'It is registered in Looker, but switched off.',
    who: 'A Looker admin',
    steps: ['Open Admin > Platform > Actions.', 'Find Heap, choose Enable, switch it on and save.'],
  })
}

const MAY_BE_OURS: readonly ActionKind['kind'][] = ['ours', 'outdated', 'failed']

/** Why no enabled action is known to be ours, as far as its form tells; null when one is. */
export function formProblem(actions: readonly HeapAction[]): Problem | null {
  const enabled = actions.filter(({ enabled, is }) => enabled && MAY_BE_OURS.includes(is.kind))
  if (enabled.length === 0 || usableActions(enabled).length > 0) return null
  const { is } = enabled.find((action) => action.is.kind === 'outdated') ?? enabled[0] ?? { is: null }
  return is && is.kind !== 'ours' ? actionKindProblem(is) : null
}

function notRegistered(actions: readonly HeapAction[], serverUrl: string | null): Problem {
  const others = actions.some(({ is }) => is.kind === 'heap_own')
    ? " Looker knows Heap's own action, which has no checks and says nothing of rows that it loses; this extension needs the action server beside it."
    : ''
  return problem('The Heap action is not registered in Looker', {
    detail: `Looker needs to know the action server before it can send rows to Heap.${others}`,
    who: 'A Looker admin',
    steps: [
      'Open Admin > Platform > Actions and choose Add Action Hub.',
      `Enter the address of the action server${serverUrl ? `: ${serverUrl}` : ''}.`,
      'Choose Configure Authorization and paste the authorization token that the server printed at its first start.',
      'Enable the action Heap.',
    ],
  })
}

/** For a refused schedule: Looker answers the same for a missing permission and for a Look that is gone. */
export const CANNOT_SCHEDULE: Problem = problem('You may not send this Look to Heap', {
  detail: 'Looker did not let you create the schedule.',
  who: 'A Looker admin',
  steps: [
    'Give your role the permission send_to_integration, for the model of this Look.',
    'Check that you may see the Look (see_looks) and its folder.',
  ],
})
