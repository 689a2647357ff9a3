import type { Static } from 'typebox'
import Type from 'typebox'
import { problemsOf } from './action-listing.ts'

const Option = Type.Object(
  { name: Type.String(), label: Type.Optional(Type.String()) },
  { additionalProperties: false },
)

const FormField = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    label: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    type: Type.Optional(
      Type.Union([
        Type.Enum(['string', 'textarea', 'select', 'message', 'oauth_link', 'oauth_link_google']),
        Type.Null(),
      ]),
    ),
    default: Type.Optional(Type.String()),
    value: Type.Optional(Type.String()),
    required: Type.Optional(Type.Boolean()),
    interactive: Type.Optional(Type.Boolean()),
    options: Type.Optional(Type.Array(Option)),
    oauth_url: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

const Form = Type.Object(
  {
    fields: Type.Optional(Type.Array(FormField)),
    state: Type.Optional(Type.Unknown()),
    error: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
)

export type ActionFormField = Static<typeof FormField>

export type CheckedForm =
  | { kind: 'fields'; fields: ActionFormField[] }
  /** The action says that it cannot work; Looker shows the text. */
  | { kind: 'error'; message: string }
  | { kind: 'refused'; problems: string[] }

/** Checks the form of an action, which is a list of fields or an object with `fields`, `state`, `error`. */
export function checkForm(json: unknown): CheckedForm {
  const form = Array.isArray(json) ? { fields: json } : json
  const problems = problemsOf(Form, form)
  if (problems.length > 0) return { kind: 'refused', problems }
  const { fields = [], error } = form as Static<typeof Form>
  if (error !== undefined && error !== null) {
    return { kind: 'error', message: typeof error === 'string' ? error : JSON.stringify(error) }
  }
  const wrong = fields.flatMap(fieldProblems)
  return wrong.length > 0 ? { kind: 'refused', problems: wrong } : { kind: 'fields', fields }
}

function fieldProblems({ name, type, options, default: preset }: ActionFormField): string[] {
  if (type !== 'select') return []
  if (!options || options.length === 0) return [`the select ${name} has no options`]
  const known = preset === undefined || options.some((option) => option.name === preset)
  return known ? [] : [`the default of the select ${name} is none of its options`]
}
