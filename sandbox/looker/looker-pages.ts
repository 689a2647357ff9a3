import type { FastifyInstance } from 'fastify'
import type { CheckedForm } from './action/action-form.ts'
import type { LookerInstance } from './api/instance.ts'
import type { DeliverOptions } from './delivering/deliver.ts'
import type { DeliveryRecord } from './delivering/delivery-record.ts'
import { extensionLinks } from './frame-host/extension-links.ts'
import type { ExtensionSource } from './frame-host/extension-source.ts'
import { createFrameServer } from './frame-host/frame/frame-server.ts'
import { addHostRoutes } from './frame-host/host-routes.ts'
import type { HostUnknowns } from './frame-host/host-unknowns.ts'
import { USUAL_UNKNOWNS } from './frame-host/host-unknowns.ts'
import type { Look } from './look.ts'
import { addSendRoutes } from './shell/send/send-routes.ts'
import { addShellRoutes, createShellFrame } from './shell/shell-routes.ts'

type PagesOptions = {
  actionUrl: string
  extension?: ExtensionSource
  withoutProject?: boolean
  unknowns?: Partial<HostUnknowns>
  heapUrl?: string
  framePort?: number
  instance: LookerInstance
  looks: readonly Look[]
  history: () => readonly DeliveryRecord[]
  form: (formParams: Record<string, string>) => Promise<CheckedForm>
  deliver: (
    lookId: string,
    formParams: Record<string, string>,
    options: DeliverOptions,
  ) => Promise<DeliveryRecord>
}

const LOOKER_VERSION = '26.12.0'

/** The pages that people see, and the extension if one is installed. */
export function addLookerPages(app: FastifyInstance, options: PagesOptions) {
  const { instance, looks: samples, history, extension: source, heapUrl, actionUrl: serverUrl } = options
  const unknowns = { ...USUAL_UNKNOWNS, ...options.unknowns }
  const isDeployed = () =>
    !options.withoutProject || instance.projects.all().some((project) => project.isDeployed)
  const shellFrame = createShellFrame(instance, {
    heapUrl: heapUrl ?? null,
    extensions: async (user) => (source && isDeployed() ? extensionLinks(source, user, unknowns) : []),
  })
  const frames = source ? createFrameServer(source) : undefined
  let frameUrl = ''

  app.register(async (pages) => {
    addShellRoutes(pages, { instance, samples, history, shellFrame })
    if (heapUrl) addSendRoutes(pages, { ...options, heapUrl, serverUrl, shellFrame })
    if (source) {
      addHostRoutes(pages, {
        instance,
        source,
        isDeployed,
        frameUrl: () => frameUrl,
        shellFrame,
        lookerVersion: LOOKER_VERSION,
        unknowns,
      })
    }
  })

  return {
    async listen(): Promise<void> {
      frameUrl = (await frames?.listen(options.framePort)) ?? ''
    },
    async close(): Promise<void> {
      await frames?.close()
    },
  }
}
