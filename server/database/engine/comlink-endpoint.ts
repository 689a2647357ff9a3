import type { MessagePort, Worker } from 'node:worker_threads'
import type { Endpoint } from 'comlink'
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js'

/** A thread or its parent as comlink wants it. comlink's types describe this file as an ES module, which it is not. */
export const toEndpoint = nodeEndpoint as unknown as (port: Worker | MessagePort) => Endpoint
