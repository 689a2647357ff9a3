import type { FastifyInstance } from 'fastify'
import { isAdmin } from '../../api/users.ts'
import type { UserAttribute } from '../../frame-host/user-attributes.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import { renderLayout } from '../layout.ts'
import { sendHtml } from '../send-html.ts'
import type { ShellContext } from '../shell-context.ts'

const PAGE = '/admin/user_attributes'

type NewAttributeBody = { name?: string; value?: string; hidden?: string; domains?: string }

/** Admin > User Attributes: those that the extension needs can be made and deleted here. */
export function addAttributesPage(app: FastifyInstance, { instance, shellFrame }: ShellContext): void {
  const { attributes } = instance
  app.get(PAGE, async (request, reply) => {
    const frame = await shellFrame(request)
    const body = isAdmin(frame.user)
      ? renderAttributes(attributes.all())
      : html`<main><h1>User attributes</h1><p class="problem">Only admins see this page. Choose Ada Admin at the left.</p></main>`
    const title = 'User attributes: Looker stand-in'
    return sendHtml(reply, renderLayout(frame, { title, section: 'attributes', body }))
  })
  app.post<{ Body: NewAttributeBody }>(PAGE, async (request, reply) => {
    const { name = '', value = '', hidden, domains = '' } = request.body
    if (isAdmin((await shellFrame(request)).user) && /^[a-z0-9_]+$/i.test(name)) {
      attributes.define({
        name,
        default_value: value === '' ? null : value,
        value_is_hidden: hidden === 'yes',
        user_can_edit: false,
        hidden_value_domain_whitelist: domains.split(/[\s,]+/).filter((domain) => domain !== ''),
      })
    }
    return reply.redirect(PAGE, 303)
  })
  app.post<{ Params: { name: string } }>(`${PAGE}/:name/delete`, async (request, reply) => {
    if (isAdmin((await shellFrame(request)).user)) attributes.remove(request.params.name)
    return reply.redirect(PAGE, 303)
  })
}

function renderAttributes(attributes: readonly UserAttribute[]): Html {
  return html`<main>
<h1>User attributes</h1>
<section><table>
<thead><tr><th scope="col">Name</th><th scope="col">Value for all</th><th scope="col">Domain allow-list</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
<tbody>${attributes.map(renderAttribute)}</tbody></table></section>
<section aria-labelledby="new-title"><h2 id="new-title">Create a user attribute</h2>
<form method="post" action="${PAGE}" class="fields">
<label for="name">Name</label><input id="name" name="name" required pattern="[A-Za-z0-9_]+">
<label for="value">Value for all</label><input id="value" name="value" autocomplete="off">
<label for="hidden">Hide values</label><input id="hidden" name="hidden" type="checkbox" value="yes">
<label for="domains">Domain allow-list</label><input id="domains" name="domains" placeholder="https://action.example.com/*">
<span></span><button class="primary">Create</button></form></section>
</main>`
}

function renderAttribute(attribute: UserAttribute): Html {
  const { name, default_value: value, value_is_hidden: isHidden, is_system: isSystem } = attribute
  const shown = isSystem ? 'from the account' : isHidden ? '••••••••' : (value ?? 'not set')
  const remove = html`<form method="post" action="${PAGE}/${name}/delete"><button class="small">Delete</button></form>`
  return html`<tr><th scope="row"><code>${name}</code></th><td>${shown}</td>
<td>${attribute.hidden_value_domain_whitelist.join(', ')}</td><td>${isSystem ? null : remove}</td></tr>`
}
