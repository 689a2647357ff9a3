import { MODEL } from './installed-names.ts'
import type { LookerState } from './looker-state.ts'

/** What no operation of Looker's API does. `state`: as far as it can be seen from here. */
export type LeftForAPerson = { id: string; state: 'to_do' | 'done'; text: string }

/** At most four things, in their order. */
export function leftForAPerson(state: LookerState, serverUrl: string): LeftForAPerson[] {
  const { project, projectFound, model, roles } = state
  const hasRole = roles.some((role) => role.opensExtension && role.sends)
  return [
    item(
      'project',
      projectFound || model.isConfigured,
      `LookML project: push dist/heap-data-import (npm run build makes it) to a Git repository and add it as the project "${project}", or install it from there by Marketplace > Manage > Install via Git URL. Its constants: ACTION_SERVER_URL "${serverUrl}", CONNECTION_NAME any connection.`,
    ),
    item(
      'model',
      model.isConfigured,
      `Model: under Develop > Projects configure the model "${MODEL}" of the project with any connection.`,
    ),
    item('deploy', model.hasContent, 'Production: deploy the project.'),
    item(
      'roles',
      hasRole,
      `Roles: give those of the analysts the permission send_to_integration, and explore on the model "${MODEL}".`,
    ),
  ]
}

function item(id: string, isDone: boolean, text: string): LeftForAPerson {
  return { id, state: isDone ? 'done' : 'to_do', text }
}
