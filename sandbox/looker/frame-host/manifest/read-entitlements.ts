import type { Entitlements } from '../entitlements.ts'
import { LISTS, SWITCHES } from '../entitlements.ts'
import { ManifestError } from './manifest-error.ts'

/** Names in old samples. Whether Looker still takes them is unknown, so that here they give nothing. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  allow_forms: 'use_form_submit',
  allow_same_origin: 'use_embeds',
  system_user_attributes: 'global_user_attributes',
}

/**
 * @returns what the extension may, and what is said of old names
 * @throws ManifestError
 */
export function readEntitlements(given: Readonly<Record<string, unknown>>): {
  entitlements: Entitlements
  warnings: string[]
} {
  const known: readonly string[] = [...SWITCHES, ...LISTS, ...Object.keys(OLD_NAMES)]
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new ManifestError(`there is no entitlement ${unknown.join(', ')}`)
  const switches = SWITCHES.map((name) => [name, readSwitch(name, given[name])])
  const lists = LISTS.map((name) => [name, readList(name, given[name])])
  return {
    entitlements: Object.fromEntries([...switches, ...lists]),
    warnings: Object.entries(OLD_NAMES)
      .filter(([old]) => given[old] !== undefined)
      .map(([old, name]) => `the entitlement ${old} gives nothing: it is called ${name} now.`),
  }
}

function readSwitch(name: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false
  throw new ManifestError(`the entitlement ${name} is yes or no`)
}

function readList(name: string, value: unknown): string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return [...value]
  throw new ManifestError(`the entitlement ${name} is a list of texts`)
}
