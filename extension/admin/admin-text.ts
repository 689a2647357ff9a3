import { addressWish, secretWish } from '../../shared/set-up/attribute-wish.ts'
import { MODEL } from '../../shared/set-up/installed-names.ts'
import type { SetUpCheck } from './checks.ts'

/** All that an admin needs, as text to send or to keep; no secret is in it. */
export function adminText(serverUrl: string, project: string, checks: readonly SetUpCheck[]): string {
  const secret = secretWish(project, serverUrl)
  const address = addressWish(project)
  return [
    'Heap Data Import in Looker',
    '',
    `Action hub: ${serverUrl} (authorization token: LOOKER_TOKEN of the action server)`,
    `LookML project: ${project}, model ${MODEL}; constant ACTION_SERVER_URL: ${serverUrl}`,
    `User attribute ${secret.name}: String, values hidden, user access View, domain allowlist ${secret.hidden_value_domain_whitelist}, value EXTENSION_SECRET of the action server`,
    `User attribute ${address.name}: String, user access View, value ${serverUrl}`,
    'Permissions of analysts: send_to_integration, see_looks, and explore on the model',
    '',
    ...checks.map(({ title, state, text }) => `${state === 'fine' ? 'OK' : 'TO DO'}: ${title}. ${text}`),
    '',
  ].join('\n')
}
