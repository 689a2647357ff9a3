import { randomBytes } from 'node:crypto'
import type { HeapStandInOptions } from './heap/heap-stand-in.ts'
import { createHeapStandIn } from './heap/heap-stand-in.ts'
import type { Look } from './looker/look.ts'
import { createLookerStandIn } from './looker/looker-stand-in.ts'
import { reserveServerUrl, startServer } from './server-process.ts'

export type StackOptions = {
  looks?: readonly Look[]
  heap?: HeapStandInOptions
  /** Settings of the server, besides those that connect it with the stand-ins. */
  environment?: Record<string, string>
}

export type Stack = Awaited<ReturnType<typeof startStack>>

/** Starts everything that an import needs: Heap and Looker as stand-ins here, the server in its own process. */
export async function startStack({ looks, heap: heapOptions, environment = {} }: StackOptions = {}) {
  const token = randomBytes(24).toString('base64url')
  const { port, url } = await reserveServerUrl()
  const heap = createHeapStandIn(heapOptions)
  const looker = createLookerStandIn({ actionUrl: url, token, ...(looks ? { looks } : {}) })

  async function closeStandIns(): Promise<void> {
    await Promise.all([heap.close(), looker.close()])
  }

  try {
    const [heapUrl, lookerUrl] = await Promise.all([heap.listen(), looker.listen()])
    const server = await startServer(port, {
      LOOKER_TOKEN: token,
      LOOKER_URL: lookerUrl,
      HEAP_API_URL: heapUrl,
      ...environment,
    })
    return {
      heap,
      looker,
      server,
      heapUrl,
      lookerUrl,
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
