import { useQuery } from '@tanstack/react-query'
import type { LookerHost } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'

/** Day before month and 24 hours: the form of English that is misread least. */
export const DEFAULT_LOCALE = 'en-GB'

/**
 * The locale for dates. The texts are English, so only a user's own form of English is taken (`en_US`);
 * another language would stand out in the middle of a sentence.
 */
export async function fetchLocale(host: LookerHost): Promise<string> {
  try {
    const locale = (await host.userAttributeGetItem('locale'))?.replace('_', '-') ?? ''
    return /^en-[A-Z]{2}$/.test(locale) ? locale : DEFAULT_LOCALE
  } catch {
    return DEFAULT_LOCALE
  }
}

/** The locale as the cache knows it. */
export function localeQuery(host: LookerHost) {
  return { queryKey: ['locale'], queryFn: () => fetchLocale(host), staleTime: Number.POSITIVE_INFINITY }
}

export function useLocale(): string {
  const { host } = useLooker()
  const locale = useQuery(localeQuery(host))
  return locale.data ?? DEFAULT_LOCALE
}
