import { Link } from '@looker/components'
import type { ReactNode } from 'react'
import React from 'react'
import { useLooker } from '../looker/adaptor.tsx'

/** Opens a Look in Looker, in a window of its own; only its text where Looker does not say where it is. */
export function LookLink({ lookId, children }: { lookId: string; children: ReactNode }) {
  const { host, lookerOrigin } = useLooker()
  if (lookerOrigin === null) return <>{children}</>
  const address = `${lookerOrigin}/looks/${encodeURIComponent(lookId)}`
  return (
    <Link
      href={address}
      onClick={(event) => {
        event.preventDefault()
        // The frame may not open windows itself.
        host.openBrowserWindow(address, '_blank')
      }}
    >
      {children}
    </Link>
  )
}
