import type { Static, TSchema } from 'typebox'
import Type from 'typebox'
import { Errors } from 'typebox/value'
import { DELIVERY_FORMATS } from './formats.ts'

const oneOf = <const T extends string[]>(...values: T) => Type.Enum(values)
const AbsoluteUrl = Type.String({ pattern: '^https?://[^\\s/]+(/\\S*)?$' })
const closed = { additionalProperties: false }

const Param = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    label: Type.String({ minLength: 1 }),
    description: Type.Optional(Type.String()),
    required: Type.Optional(Type.Boolean()),
    sensitive: Type.Optional(Type.Boolean()),
    user_attribute_name: Type.Optional(Type.String()),
    per_user: Type.Optional(Type.Boolean()),
    delegate_oauth_url: Type.Optional(AbsoluteUrl),
  },
  closed,
)

const RequiredField = Type.Object(
  {
    tag: Type.Optional(Type.String()),
    any_tag: Type.Optional(Type.Array(Type.String())),
    all_tags: Type.Optional(Type.Array(Type.String())),
  },
  closed,
)

const Integration = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9_.-]+$' }),
    label: Type.String({ minLength: 1 }),
    description: Type.Optional(Type.String()),
    url: AbsoluteUrl,
    form_url: Type.Optional(Type.Union([AbsoluteUrl, Type.Null()])),
    icon_data_uri: Type.Optional(
      Type.String({ pattern: '^data:image/(png|svg\\+xml|gif);(charset=utf-8;)?base64,[A-Za-z0-9+/]+=*$' }),
    ),
    params: Type.Optional(Type.Array(Param)),
    required_fields: Type.Optional(Type.Array(RequiredField)),
    supported_action_types: Type.Array(oneOf('cell', 'query', 'dashboard', 'none'), { minItems: 1 }),
    supported_formats: Type.Optional(Type.Array(oneOf(...DELIVERY_FORMATS))),
    supported_formattings: Type.Optional(Type.Array(oneOf('formatted', 'unformatted'))),
    supported_visualization_formattings: Type.Optional(Type.Array(oneOf('apply', 'noapply'))),
    supported_download_settings: Type.Optional(Type.Array(oneOf('push', 'url'))),
    uses_oauth: Type.Optional(Type.Boolean()),
    delegate_oauth: Type.Optional(Type.Boolean()),
    token_url: Type.Optional(Type.String()),
    privacy_link: Type.Optional(AbsoluteUrl),
  },
  closed,
)

const Listing = Type.Object(
  { label: Type.Optional(Type.String()), integrations: Type.Array(Integration, { minItems: 1 }) },
  closed,
)

export type ActionIntegration = Static<typeof Integration>

export type ListedActions = { label?: string; integrations: ActionIntegration[] }

type CheckedListing = ({ kind: 'valid' } & ListedActions) | { kind: 'refused'; problems: string[] }

/**
 * Checks what an action hub lists, as Looker's Action API documents it. Stricter than Looker in one thing: an
 * unknown key is a problem, since it is most likely a typing error that Looker would pass over.
 */
export function checkListing(json: unknown): CheckedListing {
  const problems = problemsOf(Listing, json)
  if (problems.length > 0) return { kind: 'refused', problems }
  const { label, integrations } = json as Static<typeof Listing>
  const names = integrations.map(({ name }) => name)
  const repeated = names.filter((name, index) => names.indexOf(name) !== index)
  if (repeated.length > 0) {
    return { kind: 'refused', problems: repeated.map((name) => `two integrations are called ${name}`) }
  }
  return { kind: 'valid', integrations, ...(label === undefined ? {} : { label }) }
}

/** What is wrong with a value, each with the place where it is: `/integrations/0/url must be string`. */
export function problemsOf(schema: TSchema, value: unknown): string[] {
  return [...Errors(schema, value)].map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
}
