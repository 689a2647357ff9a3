import type { AttributeRequest } from '../extension-requests.ts'
import type { HostConfig } from '../host-config.ts'
import { callHostServer } from './call-host-server.ts'

export function answerAttribute({ extensionId }: HostConfig, payload: AttributeRequest): Promise<unknown> {
  return callHostServer(extensionId, 'user_attribute', payload)
}
