import type { Environment } from './config.ts'

/** Settings that are an address of http or https, with what a good one looks like. */
const URLS = {
  PUBLIC_URL: 'https://heap-import.example.com',
  LOOKER_URL: 'https://acme.cloud.looker.com',
  HEAP_API_URL: 'https://heapanalytics.com',
} as const

/**
 * Refuses addresses that a pattern lets through and nobody could call: a host that is none, a port beyond all
 * ports, a user name (which would stand in logs), a question or a fragment.
 *
 * @throws Error that names the setting, and not its value, which may hold a password
 */
export function checkUrls(environment: Pick<Environment, keyof typeof URLS>): void {
  for (const [name, example] of Object.entries(URLS)) {
    const value = environment[name as keyof typeof URLS] ?? ''
    for (const url of value.split(',').map((part) => part.trim())) {
      const fault = url === '' ? null : faultOf(url)
      if (fault !== null) throw new Error(`${name} ${fault}. Write it like ${example}.`)
    }
  }
}

function faultOf(text: string): string | null {
  if (!URL.canParse(text)) return 'is not a valid URL'
  const { username, password, search, hash } = new URL(text)
  if (username !== '' || password !== '') return 'has a user name or a password in it, which nobody would use'
  if (search !== '' || hash !== '') return 'has a ? or a # in it, behind which nothing can follow'
  return null
}
