import type { ILook } from '@looker/sdk'
import { demand } from '../demand.ts'
import type { ApiCall, Operation } from '../operation.ts'
import { booleanParameter, numberParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'
import { matchesPattern } from '../search-pattern.ts'
import { sortBy } from '../sort-by.ts'

/** Parameters that are compared with a field of their name, as texts. */
const TEXT_PARAMETERS = [
  'id',
  'title',
  'description',
  'content_favorite_id',
  'folder_id',
  'user_id',
  'view_count',
  'query_id',
  'last_viewed_at',
] as const satisfies readonly (keyof ILook)[]

export const searchLooks: Operation = {
  name: 'search_looks',
  verb: 'GET',
  path: '/looks/search',
  handle(call): ILook[] {
    demand(call, 'see_looks')
    const { instance, query } = call
    const looks = instance.looks.all().map(({ view: { query: _, url: __, ...look } }): ILook => look)
    const found = looks.filter(matcher(call))
    return pickFields(page(sortBy(found, query.sorts), call), query.fields)
  },
}

/** Every parameter must match, or with `filter_or` any. Deleted Looks are found only when they are asked for. */
function matcher(call: ApiCall): (look: ILook) => boolean {
  const tests = TEXT_PARAMETERS.flatMap((name) => {
    const pattern = call.query[name]
    return pattern ? [(look: ILook) => matchesPattern(look[name], pattern)] : []
  })
  const deleted = booleanParameter(call, 'deleted') ?? false
  // No sample is curated in the sense of Looker's content certification.
  const curated = booleanParameter(call, 'curate') ?? false
  const any = booleanParameter(call, 'filter_or') ?? false
  return (look) => {
    if (look.deleted !== deleted || curated) return false
    if (tests.length === 0) return true
    return any ? tests.some((test) => test(look)) : tests.every((test) => test(look))
  }
}

/** `limit` and `offset`, or the older `page` and `per_page` when no limit is given. */
function page(looks: ILook[], call: ApiCall): ILook[] {
  const limit = numberParameter(call, 'limit')
  const perPage = numberParameter(call, 'per_page')
  if (limit === undefined && perPage !== undefined) {
    const start = Math.max((numberParameter(call, 'page') ?? 1) - 1, 0) * perPage
    return looks.slice(start, start + perPage)
  }
  const offset = numberParameter(call, 'offset') ?? 0
  return looks.slice(offset, limit === undefined ? undefined : offset + limit)
}
