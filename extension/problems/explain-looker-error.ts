import type { LookerError } from '../looker/looker-error.ts'
import type { Problem } from './problem.ts'
import { problem } from './problem.ts'

/** What an answer or an error of Looker's means and what to do. */
export function explainLookerError(error: LookerError): Problem {
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
        detail:
          error.details.length > 0
            ? error.details.join(' ')
            : 'Looker does not say why. You may also lack a permission.',
        who: 'You',
        steps: [
          error.details.length > 0
            ? 'Change what Looker names and try again.'
            : 'Try again. If it fails again, ask a Looker admin whether your role has see_looks, access to the model, and send_to_integration.',
        ],
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
