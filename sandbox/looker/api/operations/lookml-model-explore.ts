import type { LookField } from '../../look.ts'
import { notFound } from '../api-error.ts'
import type { Operation } from '../operation.ts'
import { pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'

/** The one explore that all samples come from: the fields of all of them, without what nobody reads. */
export const lookmlModelExplore: Operation = {
  name: 'lookml_model_explore',
  verb: 'GET',
  path: '/lookml_models/{lookml_model_name}/explores/{explore_name}',
  handle(call) {
    const model = pathParameter(call, 'lookml_model_name')
    const name = pathParameter(call, 'explore_name')
    if (model !== 'crm' || name !== 'users') throw notFound()
    const looks = call.instance.looks.all().map(({ look }) => look.fields)
    const fields = {
      dimensions: unique(looks.flatMap(({ dimensions, pivots }) => [...dimensions, ...pivots])),
      measures: unique(looks.flatMap(({ measures }) => measures)),
    }
    return pickFields(
      { id: 'crm::users', name, model_name: model, label: 'Users', fields },
      call.query.fields,
    )
  },
}

function unique(fields: readonly LookField[]): LookField[] {
  return [...new Map(fields.map((field) => [field.name, field])).values()]
}
