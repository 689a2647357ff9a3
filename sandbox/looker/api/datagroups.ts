import type { IDatagroup } from '@looker/sdk'

export type Datagroups = ReturnType<typeof createDatagroups>

/** The datagroups of the sample model. They trigger when somebody says so. */
export function createDatagroups(names: readonly string[] = ['nightly_etl', 'orders_loaded']) {
  const datagroups = names.map((name, index) => datagroup(String(index + 1), name))

  /** A plan names a datagroup with or without its model. */
  function find(name: string): IDatagroup | undefined {
    return datagroups.find((entry) => name === entry.name || name === `${entry.model_name}::${entry.name}`)
  }

  return {
    all: (): readonly IDatagroup[] => datagroups,
    find,
    /** Notes that a datagroup has triggered; undefined when there is none of the name. */
    trigger(name: string): IDatagroup | undefined {
      const found = find(name)
      if (found) found.triggered_at = Math.floor(Date.now() / 1000)
      return found
    },
  }
}

function datagroup(id: string, name: string): IDatagroup {
  return {
    id,
    name,
    model_name: 'crm',
    created_at: 1_760_000_000,
    triggered_at: null,
    trigger_check_at: null,
    trigger_value: null,
    trigger_error: null,
    stale_before: null,
    can: { show: true },
  }
}
