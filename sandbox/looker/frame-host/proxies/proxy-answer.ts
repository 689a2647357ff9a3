/** What both proxies answer to an extension. */
export type ProxyAnswer = {
  ok: boolean
  status: number
  statusText: string
  headers: Record<string, string>
  body: unknown
}

/** Reads a response; its body as `json` or `text` if that is wanted, else by its content type. */
export async function proxyAnswer(response: Response, responseBodyType?: string): Promise<ProxyAnswer> {
  const { ok, status, statusText, headers } = response
  const body = await parseBody(response, responseBodyType)
  return { ok, status, statusText, headers: Object.fromEntries(headers), body }
}

async function parseBody(response: Response, wanted: string | undefined): Promise<unknown> {
  const isWanted = wanted === 'json' || wanted === 'text'
  const type = isWanted ? wanted : (response.headers.get('content-type') ?? '')
  const text = await response.text()
  if (!type.includes('json')) return text
  return text === '' ? undefined : JSON.parse(text)
}
