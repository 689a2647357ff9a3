import { ComponentsProvider } from '@looker/components'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import React, { useState } from 'react'
import { Redirect, Route, Switch } from 'react-router-dom'
import { AppHeader } from './app-header.tsx'
import { CrashGuard } from './crash-guard.tsx'
import { ImportPage } from './imports/import-page.tsx'
import { SentPage } from './imports/sent-page.tsx'
import type { LookerAdaptor } from './looker/adaptor.tsx'
import { LookerProvider } from './looker/adaptor.tsx'
import { PATHS } from './routes.ts'
import { SetupPage } from './setup/setup-page.tsx'
import { SyncListPage } from './syncs/sync-list-page.tsx'
import { SyncPage } from './syncs/sync-page.tsx'
import { TakeOverPage } from './syncs/take-over/take-over-page.tsx'
import { VersionNotice } from './version/version-notice.tsx'
import { EditSync } from './wizard/edit-sync.tsx'
import { NewSync } from './wizard/new-sync.tsx'

/** Looker's blue, a little darker, so that it is readable on the tints of notices. */
const THEME = { colors: { key: '#1967d2' } }

/** Every error is shown on the page; what Looker says may quote rows, and those belong in no log. */
const SILENT = { log: () => {}, warn: () => {}, error: () => {} }

/** Errors are shown with a button to try again; asking twice unseen only makes them late. */
function createCache(): QueryClient {
  const always = { retry: false, networkMode: 'always' as const }
  return new QueryClient({
    logger: SILENT,
    defaultOptions: { queries: { ...always, staleTime: 15_000 }, mutations: always },
  })
}

/** The whole app below a router. It knows Looker by the adaptor only, so it also runs outside Looker. */
export function App({ adaptor }: { adaptor: LookerAdaptor }) {
  const [cache] = useState(createCache)
  return (
    <ComponentsProvider loadGoogleFonts={false} themeCustomizations={THEME}>
      <QueryClientProvider client={cache}>
        <LookerProvider adaptor={adaptor}>
          <AppHeader />
          <VersionNotice />
          <CrashGuard>
            <Switch>
              <Route path={PATHS.create} component={NewSync} />
              <Route path={PATHS.edit} component={EditSync} />
              <Route path={PATHS.takeOver} component={TakeOverPage} />
              <Route path={PATHS.import} component={ImportPage} />
              <Route path={PATHS.sync} component={SyncPage} />
              <Route exact path={[PATHS.home, PATHS.syncs]} component={SyncListPage} />
              <Route path={[PATHS.sentImport, PATHS.sent]} component={SentPage} />
              <Route path={PATHS.setup} component={SetupPage} />
              <Redirect to={PATHS.syncs} />
            </Switch>
          </CrashGuard>
        </LookerProvider>
      </QueryClientProvider>
    </ComponentsProvider>
  )
}
