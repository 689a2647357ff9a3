/** A request to another server, as an extension hands it to one of the proxies. */
export type OutgoingRequest = {
  resource: string
  init?: { method?: string; headers?: Record<string, string>; body?: string; credentials?: string }
  responseBodyType?: string
}

/** A request for a user attribute of the current user. */
export type AttributeRequest = { type: 'get' | 'set' | 'reset'; name: string; value?: string }

/** A request for the context data of the extension; without a text, saving takes it away. */
export type ContextDataRequest = { type: 'save' | 'refresh'; contextData?: string }
