import type { AttributeFault } from '../../../../shared/set-up/attribute-wish.ts'
import { addressWish, attributeFaults, secretWish } from '../../../../shared/set-up/attribute-wish.ts'
import type { LookerState } from '../../../../shared/set-up/looker-state.ts'
import type { Outcome } from '../finding.ts'
import { fine, problem } from '../finding.ts'

const SETUP = 'npm run admin -- setup'

const FAULTS: Record<AttributeFault, string> = {
  type: 'its type is not String',
  hidden: 'its values are not hidden: browsers may read the secret. Give the extension a new one afterwards',
  editable: 'users may change it',
  not_viewable: 'users may not use it (user access None)',
  allowlist: 'its domain allowlist is another than the one address it needs',
}

/** Whether its value is the right one nobody can read; the extension's own page tries it. */
export function checkSecretAttribute({ secret, project }: LookerState, serverUrl: string): Outcome {
  const wish = secretWish(project, serverUrl)
  if (!secret) return problem(`there is no user attribute ${wish.name}`, SETUP)
  const faults = attributeFaults(secret, wish)
  if (faults.length === 0) return fine(wish.name)
  const texts = faults.map((fault) =>
    fault === 'allowlist' ? `${FAULTS.allowlist} (${wish.hidden_value_domain_whitelist})` : FAULTS[fault],
  )
  return problem(`${wish.name}: ${texts.join('; ')}`, SETUP)
}

export function checkAddressAttribute({ address, project }: LookerState, serverUrl: string): Outcome {
  const wish = addressWish(project)
  if (!address) return problem(`there is no user attribute ${wish.name}`, SETUP)
  if (address.value !== serverUrl) {
    return problem(`${wish.name} is ${address.value ?? 'empty'}, not ${serverUrl}`, SETUP)
  }
  const faults = attributeFaults(address, wish)
  return faults.length === 0
    ? fine(wish.name)
    : problem(`${wish.name}: ${faults.map((fault) => FAULTS[fault]).join('; ')}`, SETUP)
}
