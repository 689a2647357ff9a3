import type { ILookmlModel } from '@looker/sdk'
import { notFound } from '../../api-error.ts'
import type { ApiCall, Operation } from '../../operation.ts'
import { pathParameter } from '../../operation.ts'
import { pickFields } from '../../pick-fields.ts'

/** The models that are configured. `has_content`: there is LookML for it, in production for an API session. */
export const allLookmlModels: Operation = {
  name: 'all_lookml_models',
  verb: 'GET',
  path: '/lookml_models',
  async handle(call): Promise<ILookmlModel[]> {
    return pickFields(await models(call), call.query.fields)
  },
}

export const lookmlModel: Operation = {
  name: 'lookml_model',
  verb: 'GET',
  path: '/lookml_models/{lookml_model_name}',
  async handle(call): Promise<ILookmlModel> {
    const name = pathParameter(call, 'lookml_model_name')
    const found = (await models(call)).find((model) => model.name === name)
    if (!found) throw notFound()
    return pickFields(found, call.query.fields)
  },
}

async function models({ instance, user }: ApiCall): Promise<ILookmlModel[]> {
  const found: ILookmlModel[] = []
  for (const { name: project, source, isDeployed, configuredModels } of instance.projects.all()) {
    const written = await source.models()
    for (const name of configuredModels) {
      if (user.models !== 'all' && !user.models.includes(name)) continue
      found.push({
        name,
        label: name,
        project_name: project,
        has_content: isDeployed && written.includes(name),
        unlimited_db_connections: true,
        allowed_db_connection_names: [],
        explores: [],
        can: { show: true },
      })
    }
  }
  return found
}
