import type { IDatagroup } from '@looker/sdk'

export type Datagroups = ReturnType<typeof createDatagroups>

type DatagroupName = { model: string; name: string }

/** Two models have a datagroup of one name: only model and name together say which. */
const SAMPLE_DATAGROUPS: readonly DatagroupName[] = [
  { model: 'crm', name: 'nightly_etl' },
  { model: 'crm', name: 'orders_loaded' },
  { model: 'finance', name: 'nightly_etl' },
]

/** The datagroups of the sample models. They trigger when somebody says so. */
export function createDatagroups(names: readonly DatagroupName[] = SAMPLE_DATAGROUPS) {
  const datagroups = names.map((entry, index) => datagroup(String(index + 1), entry))

  /**
   * What a plan means by `model::name` (observed in public code). Nobody has published what a name alone
   * does, which need not be unique: here it names nothing.
   */
  function find(qualified: string): IDatagroup | undefined {
    return datagroups.find((entry) => qualified === `${entry.model_name}::${entry.name}`)
  }

  return {
    all: (): readonly IDatagroup[] => datagroups,
    find,
    /** Notes that a datagroup has triggered; undefined when there is none of the name. */
    trigger(qualified: string): IDatagroup | undefined {
      const found = find(qualified)
      if (found) found.triggered_at = Math.floor(Date.now() / 1000)
      return found
    },
  }
}

function datagroup(id: string, { model, name }: DatagroupName): IDatagroup {
  return {
    id,
    name,
    model_name: model,
    created_at: 1_760_000_000,
    triggered_at: null,
    trigger_check_at: null,
    trigger_value: null,
    trigger_error: null,
    stale_before: null,
    can: { show: true },
  }
}
