import { matchesUrl } from './url-pattern.ts'

/** What a manifest lets its extension do. What it leaves out is denied (documented by Looker). */
export type Entitlements = Record<Switch, boolean> & Record<List, string[]>

export const SWITCHES = [
  'local_storage',
  'navigation',
  'new_window',
  'use_form_submit',
  'use_embeds',
  'use_iframes',
  'use_downloads',
  'use_clipboard',
  'raw_api_request',
  'use_tracking_api',
] as const

export const LISTS = [
  'core_api_methods',
  'external_api_urls',
  'oauth2_urls',
  'new_window_external_urls',
  'global_user_attributes',
  'scoped_user_attributes',
] as const

type Switch = (typeof SWITCHES)[number]
type List = (typeof LISTS)[number]

/** Text of a host without entitlements; real hosts begin so, the rest is unknown. */
export const NO_ENTITLEMENTS = 'Entitlements must be defined for the extension'

/** @throws Error with the text of a real host */
export function demandMethod({ core_api_methods: methods }: Entitlements, name: string): void {
  if (!methods.includes(name)) throw new Error(`Extension not entitled to use api method ${name}`)
}

/** @throws Error that begins as a real host's; its end is unknown */
export function demandUrl({ external_api_urls: patterns }: Entitlements, url: string): void {
  if (!patterns.some((pattern) => matchesUrl(pattern, url))) {
    throw new Error(`Extension not entitled to access external API url ${url}`)
  }
}

/** @throws Error that begins as a real host's */
export function demandOauthUrl({ oauth2_urls: patterns }: Entitlements, url: string): void {
  if (!patterns.some((pattern) => matchesUrl(pattern, url))) {
    throw new Error(`Extension not entitled to access external oauth2 API url ${url}`)
  }
}

/** @throws Error; that such a refusal has a text of this kind is inferred from the known ones */
export function demandSwitch(entitlements: Entitlements, name: Switch, what: string): void {
  if (!entitlements[name]) throw new Error(`Extension not entitled to ${what}`)
}

/** The `sandbox` of the frame. The real list is unknown; this is what the entitlements were seen to make possible. */
export function sandboxFlags(entitlements: Entitlements): string[] {
  return [
    'allow-scripts',
    ...(entitlements.use_form_submit ? ['allow-forms'] : []),
    ...(entitlements.use_embeds ? ['allow-same-origin'] : []),
    ...(entitlements.use_downloads ? ['allow-downloads'] : []),
  ]
}
