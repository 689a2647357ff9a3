import { useQuery } from '@tanstack/react-query'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/**
 * Whether a user is disabled; undefined while that is not known. Looker tells admins, and perhaps others: what
 * it refuses to tell stays unknown.
 *
 * @param id null: nobody is asked about
 */
export function useIsDisabled(id: string | null): boolean | undefined {
  const { sdk } = useLooker()
  const user = useQuery(
    ['user', id],
    async () => (await callLooker(() => sdk.user(id ?? '', 'id,is_disabled'))).is_disabled === true,
    { enabled: id !== null },
  )
  return user.data
}
