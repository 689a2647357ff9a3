import type { HostConfig } from '../host-config.ts'
import { callHostServer } from './call-host-server.ts'

export type ContextDataPayload = { type: 'save' | 'refresh'; contextData?: string }

/** Context data is one JSON text for all users of an extension. */
export function answerContextData(
  { extensionId }: HostConfig,
  payload: ContextDataPayload,
): Promise<unknown> {
  return callHostServer(extensionId, 'context_data', payload)
}

export async function fetchContextData(extensionId: string): Promise<string> {
  return String(await callHostServer(extensionId, 'context_data', { type: 'refresh' }))
}
