import React from 'react'
import { SECRET_KEY } from '../action-server/access-token.ts'
import { SERVER_URL_ATTRIBUTE, useServerUrl } from '../action-server/server-url.ts'
import { Facts } from '../components/facts.tsx'
import { Mono, Muted } from '../components/text.tsx'
import { useLooker } from '../looker/adaptor.tsx'
import { attributeName } from './attribute-name.ts'

/** Names that an admin has to type somewhere in Looker. */
export function SetupNames() {
  const { extensionId } = useLooker()
  const serverUrl = useServerUrl()
  return (
    <Facts
      facts={[
        ['Extension', <Mono key="id">{extensionId}</Mono>],
        ['Action server', serverUrl.data ? <Mono key="url">{serverUrl.data}</Mono> : 'Not known'],
        [
          'User attribute for the secret',
          <>
            <Mono>{attributeName(extensionId, SECRET_KEY)}</Mono>
            <div>
              <Muted>
                Type String, values hidden, user access None, Domain Allowlist: the action server's address
                followed by /*. Its value is the authorization token.
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
