import type { Look, LookField } from '../../look.ts'
import type { LookerUser } from '../users.ts'

/** What a developer is changing in the model: every label, and so every column of a result. */
const CHANGED = ' (in development)'

/**
 * The Look as the user's run of it sees the model. A developer in Development Mode gets the models that are
 * being changed, unless the call asks for production (`force_production`, documented); deliveries never do.
 */
export function lookForUser(look: Look, user: LookerUser, forceProduction: boolean): Look {
  if (!user.inDevelopmentMode || forceProduction) return look
  const { dimensions, measures, pivots, table_calculations: calculations } = look.fields
  const changed = (fields: readonly LookField[]) => fields.map(inDevelopment)
  return {
    ...look,
    fields: {
      dimensions: changed(dimensions),
      measures: changed(measures),
      pivots: changed(pivots),
      table_calculations: calculations,
    },
  }
}

function inDevelopment(field: LookField): LookField {
  const { label, label_short: short } = field
  return {
    ...field,
    label: `${label}${CHANGED}`,
    ...(short === undefined ? {} : { label_short: `${short}${CHANGED}` }),
  }
}
