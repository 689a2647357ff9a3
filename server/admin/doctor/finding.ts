/** What one check has found. `not_checked`: it depends on another that failed, or on a setting that is not there. */
export type Finding = {
  id: CheckId
  state: 'fine' | 'warning' | 'problem' | 'not_checked'
  found: string
  /** What to do; null where nothing is. */
  remedy: string | null
}

/** In the order of the report, with what each looks at. */
export const CHECKS = {
  settings: 'Settings of the server',
  public_url: 'PUBLIC_URL, from here',
  certificate: 'Certificate',
  ready: 'Server ready',
  clock: 'Clock',
  database: 'Database and its rights',
  disk: 'Disk',
  heap: 'Heap and region',
  token: 'Token of the action, from here',
  secret: 'Secret of the extension, from here',
  delivery: 'Test delivery (dry run)',
  looker: "Looker's API",
  hub: 'Action hub in Looker',
  reach: 'Looker reaches the server',
  hub_token: 'Token that Looker has',
  action: 'Action enabled',
  secret_attribute: 'User attribute with the secret',
  address_attribute: 'User attribute with the address',
  project: 'LookML project and model',
  roles: 'Roles of analysts',
  versions: 'Versions of extension and server',
} as const

export type CheckId = keyof typeof CHECKS

export type Outcome = Omit<Finding, 'id'>

export function fine(found: string): Outcome {
  return { state: 'fine', found, remedy: null }
}

export function warning(found: string, remedy: string): Outcome {
  return { state: 'warning', found, remedy }
}

export function problem(found: string, remedy: string): Outcome {
  return { state: 'problem', found, remedy }
}

export function notChecked(found: string, remedy: string | null = null): Outcome {
  return { state: 'not_checked', found, remedy }
}
