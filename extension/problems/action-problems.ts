import type { HeapAction } from '../looker/all-integrations.ts'
import type { Problem } from './problem.ts'
import { problem } from './problem.ts'

/** What keeps Looker from sending to Heap at all; null when nothing does. */
export function actionProblem(actions: readonly HeapAction[], serverUrl: string | null): Problem | null {
  if (actions.length === 0) {
    return problem('The Heap action is not registered in Looker', {
      detail: 'Looker needs to know the action server before it can send rows to Heap.',
      who: 'A Looker admin',
      steps: [
        'Open Admin > Platform > Actions and choose Add Action Hub.',
        `Enter the address of the action server${serverUrl ? `: ${serverUrl}` : ''}.`,
        'Choose Configure Authorization and paste the authorization token that the server printed at its first start.',
        'Enable the action Heap.',
      ],
    })
  }
  if (actions.some((action) => action.enabled)) return null
  return problem('The Heap action is not enabled', {
    detail: 'It is registered in Looker, but switched off.',
    who: 'A Looker admin',
    steps: ['Open Admin > Platform > Actions.', 'Find Heap, choose Enable, switch it on and save.'],
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
