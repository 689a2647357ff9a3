import type { FastifyInstance } from 'fastify'
import packageJson from '../../package.json' with { type: 'json' }
import { escapeHtml } from '../../shared/text/escape-html.ts'
import { publicUrl } from './public-url.ts'

/** `GET /`: for a person who opens the server in a browser. Looker only ever posts. */
export async function landingPageRoute(app: FastifyInstance): Promise<void> {
  app.route({
    method: 'GET',
    url: '/',
    config: { operation: 'landingPage' },
    handler: async (_request, reply) => {
      const ready = await app.isDatabaseReady()
      return reply
        .code(ready ? 200 : 503)
        .type('text/html; charset=utf-8')
        .send(page(publicUrl(app), ready))
    },
  })
}

function page(url: string, ready: boolean): string {
  const health = ready
    ? '<p class="health good">Ready: imports can be taken.</p>'
    : '<p class="health bad">Not ready: the database does not answer. The log of the server says why.</p>'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Looker Data Import for Heap</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #1c1630; background: #f6f4fa; margin: 0; }
main { max-width: 42rem; margin: 4rem auto; background: #fff; padding: 2rem 2.5rem; border-radius: 12px; box-shadow: 0 1px 4px #0002; }
h1 { margin-top: 0; font-size: 1.6rem; }
code { display: block; padding: .75rem 1rem; background: #f1edf9; border-radius: 8px; overflow-wrap: anywhere; user-select: all; }
.health { padding: .6rem 1rem; border-radius: 8px; }
.good { background: #e3f6ee; color: #0b5a3a; }
.bad { background: #fdeaea; color: #8f1d1d; }
footer { color: #665f77; font-size: .875rem; }
</style>
</head>
<body>
<main>
<h1>Looker Data Import for Heap</h1>
<p>This server is an action hub for Looker: it brings the rows of a Look into Heap as user and account
properties, and accounts for every row.</p>
${health}
<h2>Connect Looker</h2>
<ol>
<li>In Looker open <b>Admin &gt; Actions</b> and choose <b>Add Action Hub</b>.</li>
<li>Paste this URL:<code>${escapeHtml(url)}/</code></li>
<li>Choose <b>Configure Authorization</b> and enter the token that the server printed at its first start
(or your LOOKER_TOKEN).</li>
<li>Enable the action <b>Heap</b>.</li>
</ol>
<footer>Version ${escapeHtml(packageJson.version)}</footer>
</main>
</body>
</html>
`
}
