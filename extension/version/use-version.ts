import { useQuery } from '@tanstack/react-query'
import { VersionSchema } from '../../shared/api/version.ts'
import type { VersionFit } from '../../shared/version/versions-fit.ts'
import { versionsFit } from '../../shared/version/versions-fit.ts'
import { useActionServer } from '../action-server/action-server.ts'
import { ActionServerError } from '../action-server/action-server-error.ts'
import { VERSION } from './version.ts'

export type VersionAnswer = {
  fit: VersionFit
  extension: string
  /** Null: the server is of the time before it told its version. */
  server: string | null
}

/** Tells the server which version this is, and learns that of the server; once, as a page lives a day at most. */
export function useVersion() {
  const { server } = useActionServer()
  return useQuery<VersionAnswer>(
    ['version'],
    async () => {
      try {
        const answer = await server?.get(VersionSchema, '/version', { extension: VERSION })
        const version = answer?.server ?? ''
        return { fit: versionsFit(VERSION, version), extension: VERSION, server: version }
      } catch (error) {
        const isUnknown = error instanceof ActionServerError && error.kind === 'refused'
        if (!isUnknown) throw error
        return { fit: 'server_older', extension: VERSION, server: null }
      }
    },
    { enabled: server !== null, staleTime: Number.POSITIVE_INFINITY },
  )
}
