import { useQuery } from '@tanstack/react-query'
import { useLooker } from '../looker/adaptor.tsx'
import { readSentOnce } from './once-memory.ts'

/** The deliveries that were sent once from this browser, newest first. */
export function useSentOnce() {
  const { host } = useLooker()
  return useQuery(['sent-once'], () => readSentOnce(host), { staleTime: 0 })
}
