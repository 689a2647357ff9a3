import type { IProject } from '@looker/sdk'
import { LookerApiError, notFound } from '../../api-error.ts'
import type { ApiCall, Operation } from '../../operation.ts'
import { pathParameter } from '../../operation.ts'
import { pickFields } from '../../pick-fields.ts'
import type { LookmlProject } from '../../projects/projects.ts'

/** All projects that the caller may see: who may develop. */
export const allProjects: Operation = {
  name: 'all_projects',
  verb: 'GET',
  path: '/projects',
  handle(call): IProject[] {
    demandDevelop(call)
    return pickFields(call.instance.projects.all().map(projectView), call.query.fields)
  },
}

export const project: Operation = {
  name: 'project',
  verb: 'GET',
  path: '/projects/{project_id}',
  handle(call): IProject {
    demandDevelop(call)
    const found = call.instance.projects.find(pathParameter(call, 'project_id'))
    if (!found) throw notFound()
    return pickFields(projectView(found), call.query.fields)
  },
}

/** These document 403. */
function demandDevelop({ user }: ApiCall): void {
  if (!user.permissions.has('develop')) throw new LookerApiError(403, 'Forbidden')
}

function projectView({
  name,
  isDeployed,
}: LookmlProject): IProject & { has_production_counterpart: boolean } {
  return { id: name, name, uses_git: true, has_production_counterpart: isDeployed, can: { show: true } }
}
