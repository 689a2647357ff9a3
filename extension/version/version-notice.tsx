import React from 'react'
import { Notice } from '../components/notice.tsx'
import { useVersion } from './use-version.ts'

/** Said only when extension and server do not fit: what is amiss then shows in places where nobody would look. */
export function VersionNotice() {
  const { data } = useVersion()
  if (!data || (data.fit !== 'extension_older' && data.fit !== 'server_older')) return null
  const { fit, extension, server } = data
  return (
    <Notice intent="warn" role="status">
      <p>
        This extension is version {extension}, the action server {server ?? 'an older one'}.{' '}
        {fit === 'extension_older'
          ? 'A Looker developer has to deploy the LookML project of the newer release.'
          : 'Whoever runs the action server has to update it.'}{' '}
        Until then something may be missing.
      </p>
    </Notice>
  )
}
