import { demandSwitch } from '../entitlements.ts'
import type { AttributeRequest, ContextDataRequest } from '../extension-requests.ts'
import type { ApiRequest } from './api-request.ts'
import { ASKED } from './api-request.ts'
import { answerAttribute } from './attributes.ts'
import { answerContextData } from './context-data.ts'
import type { CorePayload } from './core-api.ts'
import { answerCore, answerRawCore } from './core-api.ts'
import type { ExternalPayload } from './external-api.ts'
import { answerExternal } from './external-api.ts'
import type { HostContext } from './host-context.ts'
import type { LocationPayload } from './navigation.ts'
import { updateLocation } from './navigation.ts'
import type { Route } from './routes.ts'
import type { StoragePayload } from './storage.ts'
import { answerStorage } from './storage.ts'

/** Makes the function that answers every request of an extension, and refuses what it is not entitled to. */
export function createAnswering(context: HostContext) {
  const { faults, log } = context
  return async (request: ApiRequest): Promise<unknown> => {
    const isAsked = ASKED.has(request.type)
    const finish = log.started(request)
    if (faults.hanging.has(request.type)) return new Promise(() => {})
    if (isAsked && faults.latency > 0) await new Promise((resolve) => setTimeout(resolve, faults.latency))
    try {
      const answer = await answerRequest(context, request)
      finish('done')
      return answer
    } catch (error) {
      finish(error instanceof Error ? error.message : String(error))
      if (isAsked) throw error
      // What was only sent has nobody to tell; the log of the page has it.
      return undefined
    }
  }
}

async function answerRequest(context: HostContext, { type, payload }: ApiRequest): Promise<unknown> {
  const { config, entitlements, routes } = context
  switch (type) {
    case 'VERIFY_HOST':
      return true
    case 'INVOKE_CORE_SDK':
      return answerCore(context, payload as CorePayload)
    case 'RAW_INVOKE_CORE_SDK':
      return answerRawCore(context, payload as CorePayload)
    case 'LOCAL_STORAGE':
      return answerStorage(context, payload as StoragePayload)
    case 'USER_ATTRIBUTE':
      return answerAttribute(config, payload as AttributeRequest)
    case 'CLIPBOARD':
      demandSwitch(entitlements, 'use_clipboard', 'use the clipboard')
      return navigator.clipboard.writeText((payload as { value?: string }).value ?? '')
    case 'CONTEXT_DATA':
      return answerContextData(config, payload as ContextDataRequest)
    case 'INVOKE_EXTERNAL_API':
      return answerExternal(context, payload as ExternalPayload)
    case 'UPDATE_TITLE':
      document.title = (payload as { title: string }).title
      return undefined
    case 'UPDATE_LOCATION':
      return updateLocation(entitlements, payload as LocationPayload)
    case 'ROUTE_CHANGED':
      return routes.moved(payload as Route)
    case 'CLOSE_HOST_POPOVERS':
      for (const popover of document.querySelectorAll('details[open].popover'))
        popover.removeAttribute('open')
      return undefined
    case 'SPARTAN_LOGOUT':
      if (config.hostType === 'spartan') location.assign('/')
      return undefined
    case 'EXTENSION_UNLOADED':
      return context.reopen()
    case 'ERROR_EVENT':
      throw new Error(`the extension reports: ${(payload as { message?: string }).message}`)
    case 'TRACK_ACTION':
    case 'RENDERED':
      return undefined
    default:
      // Dashboard tiles and visualizations do not exist on this page, and the SDK does not send their types here.
      throw new Error(`The host does not know ${type} at the mount point standalone`)
  }
}
