import { SECRET_KEY, SERVER_URL_ATTRIBUTE } from '../../shared/set-up/installed-names.ts'
import type { ActionServerError } from '../action-server/action-server-error.ts'
import type { Problem } from './problem.ts'
import { problem } from './problem.ts'

export function explainServerError(error: ActionServerError): Problem {
  switch (error.kind) {
    case 'no_url':
      return problem("The action server's address is not known", {
        who: 'A Looker admin',
        steps: [
          `Create the user attribute that ends in ${SERVER_URL_ATTRIBUTE} (its full name is on the Setup page) with the address of the action server.`,
        ],
      })
    case 'unauthorized':
      return problem('The action server does not accept the secret', {
        // The server tells a secret that is not filled in, one of the action, and a wrong one apart.
        detail: `${error.message} Syncs run all the same; only checks and progress cannot be shown.`,
        who: 'A Looker admin',
        steps: [
          `Create the hidden user attribute that ends in ${SECRET_KEY} (its full name is on the Setup page), with EXTENSION_SECRET of the action server as its value. The authorization token of the action is not taken.`,
          "Its Domain Allowlist is the action server's address followed by /api/token. Looker cannot change the list of an attribute: delete the attribute and create it anew.",
        ],
        technical: error.message,
      })
    case 'not_entitled':
      return problem('The extension may not call the action server', {
        who: 'A Looker developer',
        steps: [
          "Set the constant ACTION_SERVER_URL in manifest.lkml to the action server's address, so that it is listed under external_api_urls.",
          'Deploy the project to production and reload this page.',
        ],
        technical: error.message,
      })
    case 'not_understood':
      return problem('The action server answered something that this page does not know', {
        who: 'You',
        steps: [
          'Reload the page: the server may have a newer version.',
          'If that does not help, show this text to whoever runs the action server.',
        ],
        technical: error.message,
      })
    case 'refused':
      return problem('The action server refused the request', { detail: error.message })
    default:
      return problem('The action server cannot be reached', {
        who: 'Whoever runs the action server',
        steps: [
          'Check that the server is running and that its address answers over https.',
          'Check that LOOKER_URL on the server names this Looker instance.',
        ],
        technical: error.message,
      })
  }
}
