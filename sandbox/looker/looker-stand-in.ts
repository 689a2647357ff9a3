import Fastify from 'fastify'
import type { ActionClientOptions } from './action/action-client.ts'
import { createActionClient } from './action/action-client.ts'
import type { CheckedForm } from './action/action-form.ts'
import { fetchForm, findIntegration, LookerRefusal } from './action/action-set-up.ts'
import { addApiRoutes } from './api/api-routes.ts'
import type { ApiUnknowns } from './api/unknowns.ts'
import { createInstance } from './create-instance.ts'
import type { DeliverOptions } from './delivering/deliver.ts'
import { createDeliveries } from './delivering/deliveries.ts'
import type { DeliveryRecord } from './delivering/delivery-record.ts'
import { createDownloads } from './delivering/downloads.ts'
import type { OfferedResult } from './delivering/send-result.ts'
import { sendResult } from './delivering/send-result.ts'
import type { ExtensionSource } from './frame-host/extension-source.ts'
import type { HostUnknowns } from './frame-host/host-unknowns.ts'
import type { Look } from './look.ts'
import { addLookerPages } from './looker-pages.ts'
import { SAMPLE_LOOKS } from './looks.ts'

export type LookerStandInOptions = ActionClientOptions & {
  /** The URL that an admin pastes under Add Action Hub. */
  actionUrl: string
  /** Which of the hub's actions a Send goes to. */
  actionName?: string
  looks?: readonly Look[]
  /** How many made-up Looks there are besides. */
  generatedLooks?: number
  /** The extension that is installed. */
  extension?: ExtensionSource
  /** The project of the extension is not in Looker until `installProject` is called. */
  withoutProject?: boolean
  /** Where the Heap stand-in is; the Send page needs it. */
  heapUrl?: string
  host?: string
  port?: number
  /** Port of the second origin, for the frames of extensions. */
  framePort?: number
  downloadSeconds?: number
  /** What is not known of the real Looker, where a test wants something else than the defaults. */
  unknowns?: Partial<ApiUnknowns & HostUnknowns>
}

export type LookerStandIn = ReturnType<typeof createLookerStandIn>

/**
 * A stand-in for Looker: it has Looks, users, pages and an API, hosts an extension, and delivers to an action
 * by hand or by schedule as Looker does. It keeps what became of each delivery.
 */
export function createLookerStandIn(options: LookerStandInOptions) {
  const { actionUrl, actionName = 'heap', looks = SAMPLE_LOOKS, host = '127.0.0.1', port = 0 } = options
  const app = Fastify({ forceCloseConnections: true })
  const client = createActionClient(options)
  const downloads = createDownloads<OfferedResult>(options.downloadSeconds)
  const deliveries = createDeliveries({ offer: downloads.offer, origin: () => origin })
  let origin = ''
  let lastPlan = 4710
  const nextPlanId = () => {
    lastPlan += 1
    return String(lastPlan)
  }
  const { token: _, ...clientOptions } = options
  const instance = createInstance({ ...options, looks, deliveries, nextPlanId, clientOptions })

  app.get<{ Params: { token: string } }>('/downloads/:token', async (request, reply) => {
    const offered = downloads.redeem(request.params.token)
    if (!offered) return reply.code(404).send({ message: 'Not found' })
    return sendResult(offered, reply)
  })
  addApiRoutes(app, instance)
  const { history } = deliveries
  const pages = addLookerPages(app, { ...options, instance, looks, history, form, deliver })

  function findLook(lookId: string | Look): Look {
    if (typeof lookId !== 'string') return lookId
    const found = instance.looks.find(lookId)
    if (!found) throw new LookerRefusal(`there is no Look ${lookId}`)
    return found.look
  }

  /**
   * Rejects only for an unknown Look: what goes wrong with a delivery stands in its record.
   *
   * @param lookId or a Look that is in no folder
   */
  async function deliver(
    lookId: string | Look,
    formParams: Record<string, string> = findLook(lookId).suggestedParams,
    { planId, ...delivery }: DeliverOptions = {},
  ): Promise<DeliveryRecord> {
    const request = {
      planId: planId ?? nextPlanId(),
      planName: null,
      trigger: 'send' as const,
      format: delivery.format ?? 'json_detail_lite_stream',
      formParams,
    }
    // A format that is given is that of a schedule which was saved when the listing offered it.
    const saved = { unlistedFormat: delivery.format !== undefined, ...delivery }
    return deliveries.send(findLook(lookId), request, saved, { client, actionUrl, actionName })
  }

  /** The action's form as the Send dialog shows it, for what has been filled in so far. */
  async function form(formParams: Record<string, string> = {}): Promise<CheckedForm> {
    const integration = await findIntegration(client, actionUrl, actionName)
    return fetchForm(client, integration, formParams)
  }

  return {
    app,
    instance,
    looks,
    deliver,
    history,
    form,
    /** Adds the hub with its token and enables its actions, as an admin does after the installation. */
    async register(): Promise<void> {
      const hub = await instance.hubs.add(actionUrl, options.token ?? null)
      if (hub.fetchError !== null) throw new LookerRefusal(hub.fetchError)
      for (const action of hub.actions) action.enabled = true
    },
    /** Pushes the project of the extension, configures its models and deploys it, as a person does. */
    async installProject(): Promise<void> {
      if (!options.extension) throw new LookerRefusal('there is no project to install')
      await instance.projects.install(options.extension)
    },
    /** @returns the origin, which the action server has to trust for downloads */
    async listen(): Promise<string> {
      await pages.listen()
      // A faulty manifest is told on the extension's page.
      if (options.extension && !options.withoutProject) {
        await instance.projects.install(options.extension).catch(() => undefined)
      }
      origin = await app.listen({ host, port })
      return origin
    },
    async close(): Promise<void> {
      instance.scheduler.stop()
      await Promise.all([app.close(), pages.close()])
    },
  }
}
