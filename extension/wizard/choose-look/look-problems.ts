import type { Problem } from '../../problems/problem.ts'
import { problem } from '../../problems/problem.ts'
import type { LookFailedError } from '../../sample/use-sample.ts'

/** @param owner name of the Look's owner */
export function lookFailed(error: LookFailedError, owner: string | null): Problem {
  return problem('The Look does not run', {
    detail: 'Its query failed, so there would be nothing to import.',
    who: 'You',
    steps: [
      `Open the Look in Looker and correct it, or ask its owner${owner === null ? '' : `, ${owner}`}.`,
      'Then try again, or choose another Look.',
    ],
    technical: error.message,
  })
}

export function onlyInDevelopment(error: unknown): Problem {
  return problem('The Look runs in Development Mode only', {
    detail: 'Deliveries see the models as they are in production, where its query fails.',
    who: 'A Looker developer',
    steps: ['Deploy the changes of the model to production.', 'Then try again.'],
    technical: error instanceof Error ? error.message : null,
  })
}

export const NO_ROWS: Problem = problem('The Look returns no rows right now', {
  detail: 'Nothing can be said about its values, and a sync that finds no rows changes nothing in Heap.',
  who: 'You',
  steps: [
    'Open the Look in Looker and check its filters, or ask its owner.',
    'If it has rows at other times only, go on: its columns are known.',
  ],
})
