import type { IWriteScheduledPlan } from '@looker/sdk'
import type { FieldError } from '../api-error.ts'
import { invalid, invalidField } from '../api-error.ts'

type Kind = 'text' | 'boolean' | 'id' | 'list' | 'texts' | 'integer'

/** Members that the API description of 26.12 has and the SDK of 25.20 has not. */
type NewFields = 'include_dashboard_summary' | 'pdf_page_breaks' | 'tab_ids'

/**
 * Every writable field of a plan (API description 4.0.26.12). Ids may come as numbers (observed); Looker
 * answers texts.
 */
const WRITABLE: Record<keyof IWriteScheduledPlan | NewFields, Kind> = {
  name: 'text',
  user_id: 'id',
  run_as_recipient: 'boolean',
  enabled: 'boolean',
  look_id: 'id',
  dashboard_id: 'id',
  lookml_dashboard_id: 'id',
  filters_string: 'text',
  dashboard_filters: 'text',
  require_results: 'boolean',
  require_no_results: 'boolean',
  require_change: 'boolean',
  send_all_results: 'boolean',
  crontab: 'text',
  datagroup: 'text',
  timezone: 'text',
  scheduled_plan_destination: 'list',
  run_once: 'boolean',
  include_links: 'boolean',
  include_dashboard_summary: 'boolean',
  custom_url_base: 'text',
  custom_url_params: 'text',
  custom_url_label: 'text',
  show_custom_url: 'boolean',
  pdf_paper_size: 'text',
  pdf_landscape: 'boolean',
  embed: 'boolean',
  color_theme: 'text',
  long_tables: 'boolean',
  pdf_page_breaks: 'boolean',
  tab_ids: 'texts',
  inline_table_width: 'integer',
  query_id: 'id',
}

/** What Looker sets itself; in a body, as in a plan that was read before, it is passed over. */
const READ_ONLY = ['id', 'created_at', 'updated_at', 'title', 'user', 'next_run_at', 'last_run_at', 'can']

/**
 * Reads the body of a write; an unknown key is a validation error.
 *
 * @throws LookerApiError 422
 */
export function readPlan(body: Record<string, unknown>): Partial<IWriteScheduledPlan> {
  const plan: Record<string, unknown> = {}
  const errors: FieldError[] = []
  for (const [field, value] of Object.entries(body)) {
    if (READ_ONLY.includes(field)) continue
    const kind = Object.hasOwn(WRITABLE, field) ? WRITABLE[field as keyof typeof WRITABLE] : undefined
    if (kind === undefined) errors.push(invalidField(field, 'is not a field of a scheduled plan'))
    else if (value !== null && !isA(kind, value)) errors.push(invalidField(field, `must be a ${kind}`))
    else plan[field] = kind === 'id' && value !== null ? String(value) : value
  }
  if (errors.length > 0) throw invalid(errors)
  return plan
}

function isA(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
    case 'id':
      return typeof value === 'string' || typeof value === 'number'
    case 'list':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null)
    case 'texts':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
    case 'integer':
      return Number.isInteger(value)
    case 'boolean':
      return typeof value === 'boolean'
  }
}
