import type { ContextDataRequest } from '../extension-requests.ts'
import type { HostConfig } from '../host-config.ts'
import { callHostServer } from './call-host-server.ts'

/** Context data is one JSON text for all users of an extension; falsy when nobody has saved any. */
export function answerContextData(
  { extensionId }: HostConfig,
  payload: ContextDataRequest,
): Promise<unknown> {
  return callHostServer(extensionId, 'context_data', payload)
}
