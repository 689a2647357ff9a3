import { ActionServerError } from '../action-server/action-server-error.ts'
import { LookerError } from '../looker/looker-error.ts'
import { explainServerError } from './explain-server-error.ts'
import type { Problem } from './problem.ts'
import { problem } from './problem.ts'

/** Says of anything that was thrown what it means and what to do. */
export function explainError(error: unknown): Problem {
  if (error instanceof LookerError) return explainLookerError(error)
  if (error instanceof ActionServerError) return explainServerError(error)
  return problem('Something went wrong', {
    detail: 'This is a mistake in the extension. Reload the page; your draft is kept.',
    technical: error instanceof Error ? error.message : String(error),
  })
}

function explainLookerError(error: LookerError): Problem {
  switch (error.kind) {
    case 'not_entitled':
      return missingEntitlement(error.message)
    case 'forbidden':
      return problem('Looker does not let you do this', {
        detail: 'You may lack a permission, or what you asked for was deleted or moved.',
        who: 'A Looker admin',
        steps: ['Check that your role has see_looks, access to the model, and send_to_integration.'],
        technical: error.message,
      })
    case 'invalid':
      return problem('Looker refused the settings', {
        detail: error.details.length > 0 ? error.details.join(' ') : null,
        who: 'You',
        steps: ['Change what Looker names and try again.'],
        technical: error.message,
      })
    case 'busy':
      return problem('Looker is busy', {
        detail: 'It limits how often it is called.',
        who: 'You',
        steps: ['Wait a minute and try again.'],
        technical: error.message,
      })
    case 'timeout':
      return problem('Looker did not answer in time', {
        who: 'You',
        steps: ['Try again. If it stays slow, open the Look in Looker and see how long it runs.'],
      })
    default:
      return problem('Looker could not do this', {
        who: 'You',
        steps: ['Try again. If it fails again, show this text to a Looker admin.'],
        technical: error.message,
      })
  }
}

/** @param message Looker's text, `Extension not entitled to use api method look` */
function missingEntitlement(message: string): Problem {
  const method = /api method (\w+)/.exec(message)?.[1]
  const entitlement = method ? `"${method}" under core_api_methods` : 'the missing entitlement'
  return problem('The extension lacks an entitlement', {
    detail: 'Looker only lets an extension do what the manifest of its LookML project lists.',
    who: 'A Looker developer',
    steps: [
      `Add ${entitlement} to the application in manifest.lkml, or take the manifest of this version.`,
      'Commit and deploy the project to production, then reload this page.',
    ],
    technical: message,
  })
}
