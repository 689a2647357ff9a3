import type { TargetKind } from '../actions/kind-lookup.ts'
import { LookerError } from '../looker/looker-error.ts'
import { explainLookerError } from './explain-looker-error.ts'
import type { Problem } from './problem.ts'
import { problem } from './problem.ts'

/** Why nothing is sent to an action, by what it is. */
export function actionKindProblem(is: Exclude<TargetKind, { kind: 'ours' }>): Problem {
  switch (is.kind) {
    case 'outdated':
      return problem('The action server is older than this extension', {
        detail: `It does not know ${is.missing.join(', ')}, and would ignore what you set.`,
        who: 'Whoever runs the action server',
        steps: ['Update the action server to the version of the extension, then check again.'],
      })
    case 'heap_own':
      return problem("This is Heap's own action", {
        detail:
          'It has the same name but knows neither a check without sending nor any other setting of this extension. Nothing was sent to it.',
        who: 'A Looker admin',
        steps: ['Check under Admin > Platform > Actions that the hub of the action server is still there.'],
      })
    case 'unknown':
      return problem('This is an action that the extension does not know', {
        detail: `Its form asks for ${is.fields.join(', ')}. Nothing was sent to it.`,
        who: 'A Looker admin',
        steps: [
          "Check under Admin > Platform > Actions that the hub's address is that of the action server.",
        ],
      })
    case 'gone':
      return problem('Looker does not know the action of this schedule any more', {
        detail: 'Its hub was deleted, or added again as a new one. Deliveries fail.',
        who: 'You',
        steps: ['Edit the sync and save it: it then sends to the action that is registered now.'],
      })
    case 'failed':
      return formFailed(is.error)
  }
}

function formFailed(error: unknown): Problem {
  const known = error instanceof LookerError ? explainLookerError(error) : null
  if (known && error instanceof LookerError && error.kind === 'not_entitled') return known
  return problem('Looker gets no form from the action server', {
    detail: 'Without it nobody knows whether this is the action of this extension, so nothing is sent to it.',
    who: 'A Looker admin',
    steps: [
      'Open Admin > Platform > Actions, find the hub and choose Refresh: Looker shows whether it reaches the server.',
      "Check the authorization token of the hub. It must be the server's.",
      'Check that the server is running, and that its address is reachable from Looker over https.',
    ],
    technical: known?.technical ?? (error instanceof Error ? error.message : null),
  })
}
