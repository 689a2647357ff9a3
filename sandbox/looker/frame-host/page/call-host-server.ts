/**
 * Asks the server behind the page for what it does for an extension.
 *
 * @throws Error with the server's text
 */
export async function callHostServer(extensionId: string, what: string, body: unknown): Promise<unknown> {
  const response = await fetch(`/api/internal/extensions/${encodeURIComponent(extensionId)}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { value?: unknown; error?: string }
  if (answer.error !== undefined) throw new Error(answer.error)
  return answer.value
}
