import { makeToken } from '../server/connections/token.ts'
import type { HeapStandInOptions } from './heap/heap-stand-in.ts'
import { createHeapStandIn } from './heap/heap-stand-in.ts'
import { installExtension } from './install-extension.ts'
import type { ApiUnknowns } from './looker/api/unknowns.ts'
import type { HostUnknowns } from './looker/frame-host/host-unknowns.ts'
import type { Look } from './looker/look.ts'
import { createLookerStandIn } from './looker/looker-stand-in.ts'
import { reserveServerUrl, startServer } from './server-process.ts'

export type StackOptions = {
  looks?: readonly Look[]
  heap?: HeapStandInOptions
  /** Settings of the server, besides those that connect it with the stand-ins. */
  environment?: Record<string, string>
  /** Leave the action and the extension's secret to be set up by hand, as on a new instance. */
  empty?: boolean
  /** Leave the project of the extension out as well, until `looker.installProject()`. */
  withoutProject?: boolean
  /** What is not known of a real Looker's host, and how the stand-in answers it. */
  unknowns?: Partial<ApiUnknowns & HostUnknowns>
  /** Path of the extension's manifest; that of this project otherwise. */
  manifest?: string
  /** Ports for people to find again; any free ones otherwise. */
  ports?: { looker: number; frames: number; heap: number }
}

export type Stack = Awaited<ReturnType<typeof startStack>>

/** Starts everything that an import needs: Heap and Looker as stand-ins here, the server in its own process. */
export async function startStack(options: StackOptions = {}) {
  const { looks, heap: heapOptions, environment = {}, ports } = options
  const token = makeToken('action')
  const extensionSecret = makeToken('extension')
  const { port, url } = await reserveServerUrl()
  const heap = createHeapStandIn(heapOptions)
  const heapUrl = await heap.listen({ port: ports?.heap ?? 0 })
  const extension = installExtension(url, options.manifest)
  const looker = createLookerStandIn({
    actionUrl: url,
    token,
    heapUrl,
    port: ports?.looker ?? 0,
    framePort: ports?.frames ?? 0,
    ...(extension ? { extension: extension.source } : {}),
    ...(looks ? { looks } : {}),
    ...(options.withoutProject ? { withoutProject: true } : {}),
    ...(options.unknowns ? { unknowns: options.unknowns } : {}),
  })

  async function closeStandIns(): Promise<void> {
    await Promise.all([heap.close(), looker.close()])
  }

  try {
    const lookerUrl = await looker.listen()
    const server = await startServer(port, {
      LOOKER_TOKEN: token,
      EXTENSION_SECRET: extensionSecret,
      LOOKER_URL: lookerUrl,
      HEAP_API_URL: heapUrl,
      ...environment,
    })
    if (!options.empty) {
      await looker.register()
      await extension?.setUp(looker.instance.attributes, extensionSecret)
    }
    return {
      heap,
      looker,
      server,
      heapUrl,
      lookerUrl,
      /** What an admin has to paste into Looker. */
      token,
      /** What an admin has to give the extension, in a hidden user attribute. */
      extensionSecret,
      /** Ends the server first: it may still be sending to Heap. */
      async close(): Promise<void> {
        await server.stop()
        await closeStandIns()
      },
    }
  } catch (error) {
    await closeStandIns()
    throw error
  }
}
