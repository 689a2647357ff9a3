import React from 'react'
import { attributeName } from '../../shared/set-up/attribute-name.ts'
import { SECRET_KEY, SERVER_URL_ATTRIBUTE } from '../../shared/set-up/installed-names.ts'
import { useServerUrl } from '../action-server/server-url.ts'
import type { ActionKind } from '../actions/action-kind.ts'
import { useHeapActions } from '../actions/heap-actions.ts'
import { Facts } from '../components/facts.tsx'
import { Mono, Muted } from '../components/text.tsx'
import { useLooker } from '../looker/adaptor.tsx'

const KINDS: Record<ActionKind['kind'], string> = {
  ours: 'that of this extension',
  outdated: 'that of this extension, of an older version',
  heap_own: "Heap's own, which this extension does not use",
  unknown: 'one that this extension does not know',
  failed: 'not known, as its form cannot be read',
}

/** Names that an admin has to type somewhere in Looker. */
export function SetupNames() {
  const { extensionId } = useLooker()
  const serverUrl = useServerUrl()
  const actions = useHeapActions()
  const known = actions.data?.map((action) => `${action.id}: ${KINDS[action.is.kind]}`) ?? []
  return (
    <Facts
      facts={[
        ['Extension', <Mono key="id">{extensionId}</Mono>],
        ['Actions called Heap', known.length > 0 ? known.map((line) => <div key={line}>{line}</div>) : '-'],
        ['Action server', serverUrl.data ? <Mono key="url">{serverUrl.data}</Mono> : 'Not known'],
        [
          'User attribute for the secret',
          <>
            <Mono>{attributeName(extensionId, SECRET_KEY)}</Mono>
            <div>
              <Muted>
                Type String, values hidden, user access None, Domain Allowlist: the action server's address
                followed by /api/token, and nothing else. Its value is EXTENSION_SECRET of the action server,
                not the authorization token of the action.
              </Muted>
            </div>
          </>,
        ],
        [
          'User attribute for the address',
          <>
            <Mono>{attributeName(extensionId, SERVER_URL_ATTRIBUTE)}</Mono>
            <div>
              <Muted>
                Type String, user access View. Only where the bundle is a file of the LookML project and not
                loaded from the action server.
              </Muted>
            </div>
          </>,
        ],
      ]}
    />
  )
}
