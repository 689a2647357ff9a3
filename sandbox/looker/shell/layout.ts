import type { LookerUser } from '../api/users.ts'
import { displayName } from '../api/users.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'

type Section = 'looks' | 'send' | 'extension' | 'schedules' | 'actions' | 'attributes'

/** An extension's place in the menu. */
export type ExtensionLink = { id: string; label: string }

/** What every page of the shell shows besides its own. */
export type Frame = {
  user: LookerUser
  users: readonly LookerUser[]
  /** Those that the user may open. */
  extensions: readonly ExtensionLink[]
  /** The Heap stand-in; null when the page stands alone. */
  heapUrl: string | null
}

type Page = {
  title: string
  section: Section
  body: Html
  /** Which of the extensions it is the page of. */
  extensionId?: string
  /** Of the body element: `host` fills the window. */
  kind?: 'host'
}

/** A page of the Looker stand-in: the parts of the instance at the side, and who is at work. */
export function renderLayout(frame: Frame, { title, section, extensionId, body, kind }: Page): Html {
  const { extensions, heapUrl } = frame
  const link = (name: Section, path: string, label: string) => renderLink(path, label, name === section)
  return renderDocument(
    title,
    html`<div class="shell ${kind ?? 'page'}">
<header class="side">
<p class="brand">Looker <span class="tag">stand-in</span></p>
<nav aria-label="Looker"><ul>
${link('looks', '/looks', 'Looks')}
${link('send', '/send', 'Send a Look')}
${extensions.map(({ id, label }) => renderLink(extensionPath(id), label, id === extensionId))}
${link('schedules', '/schedules', 'Schedules & history')}
${link('actions', '/admin/actions', 'Admin: Actions')}
${link('attributes', '/admin/user_attributes', 'Admin: User attributes')}
${heapUrl ? html`<li class="apart"><a href="${heapUrl}/">Heap: users and properties</a></li>` : null}
</ul></nav>
${renderUserMenu(frame)}
</header>
${body}
</div>`,
  )
}

export function extensionPath(id: string): string {
  return `/extensions/${id}/`
}

function renderLink(path: string, label: string, isCurrent: boolean): Html {
  return html`<li><a href="${path}"${isCurrent ? html` aria-current="page"` : null}>${label}</a></li>`
}

function renderUserMenu({ user, users }: Frame): Html {
  const options = users.map(
    (each) =>
      html`<option value="${each.id}"${each.id === user.id ? html` selected` : null}>${displayName(each)}</option>`,
  )
  return html`<form class="user" method="post" action="/user">
<label for="user">At work</label>
<select id="user" name="user" onchange="this.form.submit()">${options}</select>
<p class="quiet">${user.role}</p>
<noscript><button class="small">Switch</button></noscript>
</form>`
}

/** A document without the shell, for full-screen and embedded extensions. */
export function renderDocument(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/page.css">
<link rel="stylesheet" href="/assets/shell.css">
</head>
<body>
${body}
</body>
</html>
`
}
