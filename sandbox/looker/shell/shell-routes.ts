import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LookerInstance } from '../api/instance.ts'
import { signedInUser, USER_COOKIE } from '../api/request-user.ts'
import type { LookerUser } from '../api/users.ts'
import { addActionsPage } from './actions/actions-page.ts'
import { addAttributesPage } from './attributes/attributes-page.ts'
import type { Frame } from './layout.ts'
import { addLooksPages } from './looks/looks-pages.ts'
import { addSchedulesPage } from './schedules/schedules-page.ts'
import type { ShellContext } from './shell-context.ts'

type FrameOptions = Pick<Frame, 'heapUrl'> & {
  extensions: (user: LookerUser) => Promise<Frame['extensions']>
}

/** Makes the function that looks up who is at work, and where the other pages are. */
export function createShellFrame(instance: LookerInstance, { heapUrl, extensions }: FrameOptions) {
  return async (request: FastifyRequest): Promise<Frame> => {
    const user = signedInUser(instance, request)
    return { user, users: instance.users, extensions: await extensions(user), heapUrl }
  }
}

/** The pages of the instance. They work without scripts; forms go by POST and come back to their page. */
export function addShellRoutes(app: FastifyInstance, context: ShellContext): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.setErrorHandler<Error>((error, _request, reply) =>
    reply.code(500).type('text/plain').send(error.message),
  )
  for (const name of ['page.css', 'shell.css']) {
    app.get(`/assets/${name}`, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(await readFile(new URL(name, import.meta.url))),
    )
  }
  app.get('/', (_request, reply) => reply.redirect('/looks'))
  app.post<{ Body: { user?: string } }>('/user', (request, reply) =>
    reply
      .header('set-cookie', `${USER_COOKIE}=${Number(request.body.user)}; Path=/; SameSite=Lax`)
      .redirect(request.headers.referer ?? '/', 303),
  )
  addLooksPages(app, context)
  addSchedulesPage(app, context)
  addActionsPage(app, context)
  addAttributesPage(app, context)
}
