import type { IUserAttribute } from '@looker/sdk'
import type { UserAttribute } from '../../../frame-host/user-attributes.ts'
import type { FieldError } from '../../api-error.ts'
import { invalid, notFound } from '../../api-error.ts'
import { demand } from '../../demand.ts'
import type { ApiCall, Operation } from '../../operation.ts'
import { bodyObject, pathParameter } from '../../operation.ts'
import { pickFields } from '../../pick-fields.ts'
import { readAttribute } from '../../user-attributes/read-attribute.ts'

const ALL = '/user_attributes'
const ONE = '/user_attributes/{user_attribute_id}'

export const allUserAttributes: Operation = {
  name: 'all_user_attributes',
  verb: 'GET',
  path: ALL,
  handle(call): IUserAttribute[] {
    demand(call, 'administer')
    const views = call.instance.attributes.all().map((attribute) => view(call, attribute))
    return pickFields(views, call.query.fields)
  },
}

export const userAttribute: Operation = {
  name: 'user_attribute',
  verb: 'GET',
  path: ONE,
  handle(call): IUserAttribute {
    demand(call, 'administer')
    return pickFields(view(call, find(call)), call.query.fields)
  },
}

export const createUserAttribute: Operation = {
  name: 'create_user_attribute',
  verb: 'POST',
  path: ALL,
  handle(call): IUserAttribute {
    demand(call, 'administer')
    const { attributes } = call.instance
    const given = readAttribute(bodyObject(call))
    refuseTaken(call, given, null)
    const { name, label, type } = given
    const missing = Object.entries({ name, label, type }).filter(([, value]) => !value)
    if (name === undefined || missing.length > 0) {
      throw invalid(
        missing.map(
          ([field]): FieldError => ({
            field,
            code: 'missing_field',
            message: 'This field is required.',
          }),
        ),
      )
    }
    return pickFields(view(call, attributes.define({ ...given, name })), call.query.fields)
  },
}

export const updateUserAttribute: Operation = {
  name: 'update_user_attribute',
  verb: 'PATCH',
  path: ONE,
  handle(call): IUserAttribute {
    demand(call, 'administer')
    const attribute = find(call)
    if (attribute.is_system) throw invalid([{ field: 'name', code: 'invalid', message: 'It is a default' }])
    const { hidden_value_domain_whitelist: list, ...given } = readAttribute(bodyObject(call))
    refuseTaken(call, given, attribute.id)
    if (list !== undefined) changeAllowlist(call, attribute, list)
    Object.assign(attribute, given)
    return pickFields(view(call, attribute), call.query.fields)
  },
}

export const deleteUserAttribute: Operation = {
  name: 'delete_user_attribute',
  verb: 'DELETE',
  path: ONE,
  handle(call): undefined {
    demand(call, 'administer')
    const { is_system: isSystem, name } = find(call)
    if (isSystem) throw notFound()
    call.instance.attributes.remove(name)
  },
}

function find(call: ApiCall): UserAttribute {
  const found = call.instance.attributes.findById(pathParameter(call, 'user_attribute_id'))
  if (!found) throw notFound()
  return found
}

/** Name and label are unique; a second of either "will fail with a 422 error". */
function refuseTaken({ instance }: ApiCall, given: Partial<UserAttribute>, ownId: string | null): void {
  const others = instance.attributes.all().filter(({ id }) => id !== ownId)
  for (const field of ['name', 'label'] as const) {
    if (others.some((other) => other[field] === given[field])) {
      throw invalid([{ field, code: 'already_exists', message: `${field} has already been taken` }])
    }
  }
}

function changeAllowlist({ instance }: ApiCall, attribute: UserAttribute, list: string[]): void {
  if (attribute.hidden_value_domain_whitelist.length === 0) {
    attribute.hidden_value_domain_whitelist = list
    return
  }
  if (attribute.hidden_value_domain_whitelist.join() === list.join()) return
  if (instance.unknowns.allowlistEdit === 'passed_over') return
  const field = 'hidden_value_domain_whitelist'
  throw invalid([{ field, code: 'invalid', message: `${field} cannot be changed once it is set` }])
}

function view({ instance }: ApiCall, attribute: UserAttribute): IUserAttribute {
  const { hidden_value_domain_whitelist: list, value_is_hidden: isHidden, ...rest } = attribute
  return {
    ...rest,
    value_is_hidden: isHidden,
    default_value: isHidden && instance.unknowns.hiddenDefault === 'null' ? null : attribute.default_value,
    is_permanent: attribute.is_system,
    hidden_value_domain_whitelist: list.length === 0 ? null : list.join(','),
    can: { show: true, update: !attribute.is_system, destroy: !attribute.is_system, set_value: true },
  }
}
