import type { HeapClient } from './heap-client.ts'

/**
 * A client of Heap for environments of several regions: each request goes to the URL of its environment, and each
 * URL has connections of its own.
 */
export function createRegionalClient(
  urlOf: (environmentId: string) => string,
  open: (apiUrl: string) => HeapClient,
): HeapClient {
  const clients = new Map<string, HeapClient>()

  function clientOf(url: string): HeapClient {
    const client = clients.get(url) ?? open(url)
    clients.set(url, client)
    return client
  }

  return {
    send: (target, ...request) => clientOf(urlOf(target.environmentId)).send(target, ...request),
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()))
    },
  }
}
