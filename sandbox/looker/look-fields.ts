import type { LookField, LookPivot } from './look.ts'

/** A dimension `view.name`, labelled like Looker does: view label, then field label. */
export function dimension(
  name: string,
  viewLabel: string,
  label: string,
  more: Partial<LookField> = {},
): LookField {
  return {
    name,
    label: `${viewLabel} ${label}`,
    label_short: label,
    view_label: viewLabel,
    field_group_label: null,
    field_group_variant: label,
    type: 'string',
    category: 'dimension',
    is_numeric: more.type === 'number',
    hidden: false,
    measure: false,
    tags: [],
    value_format: null,
    primary_key: false,
    dynamic: false,
    ...more,
  }
}

/** One timeframe of a dimension group; Looker puts the group's name before the timeframe's. */
export function timeDimension(
  name: string,
  viewLabel: string,
  group: string,
  timeframe: string,
  type: string,
): LookField {
  return dimension(name, viewLabel, `${group} ${timeframe}`, {
    type,
    field_group_label: `${group} Date`,
    field_group_variant: timeframe,
  })
}

export function measure(
  name: string,
  viewLabel: string,
  label: string,
  more: Partial<LookField> = {},
): LookField {
  return {
    ...dimension(name, viewLabel, label),
    type: 'sum',
    category: 'measure',
    is_numeric: true,
    measure: true,
    ...more,
  }
}

/** Table calculations have a bare name and few keys; the type is not among them. */
export function tableCalculation(name: string, label: string, expression: string): LookField {
  return { name, label, align: 'right', expression, value_format: null, measure: true }
}

export function pivot(field: string, value: string | null): LookPivot {
  return {
    // As hidden_pivots of public dashboards have it.
    key: value ?? `${field}___null`,
    is_total: false,
    data: { [field]: value },
    metadata: { [field]: { value } },
    sort_values: { [field]: value },
  }
}

export const ROW_TOTAL_PIVOT: LookPivot = {
  key: '$$$_row_total_$$$',
  is_total: true,
  data: {},
  metadata: {},
  sort_values: {},
}
