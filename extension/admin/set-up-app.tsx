import { ComponentsProvider } from '@looker/components'
import React from 'react'
import type { SetUpLooker } from './set-up-looker.ts'
import { SetUpPage } from './set-up-page.tsx'

/** As in the application of the analysts. */
const THEME = { colors: { key: '#1967d2' } }

/** The application for admins. */
export function SetUpApp({ looker }: { looker: SetUpLooker }) {
  return (
    <ComponentsProvider loadGoogleFonts={false} themeCustomizations={THEME}>
      <SetUpPage looker={looker} />
    </ComponentsProvider>
  )
}
