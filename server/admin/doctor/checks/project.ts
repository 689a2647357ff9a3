import { MODEL } from '../../../../shared/set-up/installed-names.ts'
import { leftForAPerson } from '../../../../shared/set-up/left-for-a-person.ts'
import type { LookerState } from '../../../../shared/set-up/looker-state.ts'
import type { Outcome } from '../finding.ts'
import { fine, problem, warning } from '../finding.ts'

/** What a person has to do in Looker, as far as the API shows it: the first that is not done. */
export function checkProject(state: LookerState, serverUrl: string): Outcome {
  const open = leftForAPerson(state, serverUrl).find(
    ({ id, state: how }) => how === 'to_do' && id !== 'roles',
  )
  if (!open) return fine(`project ${state.project}, model ${MODEL}, in production`)
  const found: Record<string, string> = {
    project: 'the project is not there',
    model: 'its model is not configured',
    deploy: 'it is not in production',
  }
  return problem(found[open.id] ?? open.id, open.text)
}

export function checkRoles(state: LookerState, serverUrl: string): Outcome {
  const names = state.roles.filter((role) => role.opensExtension && role.sends).map(({ name }) => name)
  if (names.length > 0) return fine(names.slice(0, 3).join(', '))
  const text = leftForAPerson(state, serverUrl).find(({ id }) => id === 'roles')?.text ?? ''
  return warning('only admins may open the extension and send', text)
}
