import type { LookerUser } from '../../api/users.ts'
import type { OutgoingRequest } from '../extension-requests.ts'
import { matchesUrl } from '../url-pattern.ts'
import type { UserAttributes } from '../user-attributes.ts'

/**
 * Replaces `{{my_project_my_app_key}}` in headers and body by the user's value of the hidden attribute,
 * provided that the request goes to a URL of its domain allow-list. In the URL, where it would stand in logs,
 * it stays as it is (README of the extension SDK), and so does any other tag. Only attributes of the extension itself count: others were never seen to be replaced.
 */
export function fillSecretTags(
  request: OutgoingRequest,
  attributes: UserAttributes,
  user: LookerUser,
  extensionId: string,
): OutgoingRequest {
  const prefix = `${extensionId.replaceAll(/::|-/g, '_')}_`

  function secretOf(name: string, url: string): string | null {
    const attribute = name.startsWith(prefix) ? attributes.find(name) : undefined
    if (!attribute?.value_is_hidden) return null
    const allowed = attribute.hidden_value_domain_whitelist.some((pattern) => matchesUrl(pattern, url))
    return allowed ? attributes.valueOf(user, name) : null
  }

  const { resource, init } = request
  const fill = (text: string) =>
    text.replaceAll(/\{\{([A-Za-z0-9_.]+)\}\}/g, (tag, name: string) => secretOf(name, resource) ?? tag)

  const headers = Object.entries(init?.headers ?? {}).map(([name, value]) => [name, fill(value)])
  return {
    ...request,
    init: {
      ...init,
      headers: Object.fromEntries(headers),
      ...(init?.body === undefined ? {} : { body: fill(init.body) }),
    },
  }
}
