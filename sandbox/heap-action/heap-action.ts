import Fastify from 'fastify'
import { isRecord } from '../../shared/is-record.ts'
import type { HeapActionParams } from './import-rows.ts'
import { importRows } from './import-rows.ts'

/** The three fields of its form. Whatever else a schedule carries, it does not look at. */
const FIELDS = [
  { name: 'env_id', label: 'Heap Environment ID', type: 'string', required: true },
  {
    name: 'property_type',
    label: 'Property Type',
    type: 'select',
    required: true,
    options: [
      { name: 'account', label: 'Account' },
      { name: 'user', label: 'User' },
    ],
  },
  {
    name: 'heap_field',
    label: 'Column name matching user join key or account ID property in Heap',
    type: 'string',
    required: true,
  },
]

export type HeapAction = ReturnType<typeof createHeapAction>

/**
 * A stand-in for Heap's own action hub for Looker (heap/actions, final state of March 2022), defects
 * included: it knows of no dry run.
 */
export function createHeapAction({ heapUrl, token }: { heapUrl: string; token: string }) {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 250 * 1024 * 1024 })
  const executed: Record<string, unknown>[] = []
  let origin = ''

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body === '' ? {} : JSON.parse(String(body))),
  )
  app.addHook('preHandler', async ({ headers }, reply) => {
    if (headers.authorization === `Token token="${token}"`) return
    return reply.code(403).send({ success: false, error: 'Invalid authorization' })
  })
  app.post('/', async () => ({
    label: 'Heap',
    integrations: [
      {
        name: 'heap',
        label: 'Heap',
        description: 'Add user and account properties to your Heap dataset',
        params: [],
        url: `${origin}/actions/heap/execute`,
        form_url: `${origin}/actions/heap/form`,
        supported_action_types: ['query'],
        supported_formats: ['json_detail_lite_stream'],
        supported_download_settings: ['url'],
        uses_oauth: false,
        delegate_oauth: false,
      },
    ],
  }))
  app.post('/actions/heap/form', async () => FIELDS)
  app.post('/actions/heap/execute', async ({ body }) => {
    const request = isRecord(body) ? body : {}
    const params = isRecord(request.form_params) ? request.form_params : {}
    executed.push(params)
    const read = readParams(params)
    if (read.kind === 'wrong') {
      const { field, message } = read
      return { looker: { success: false, message, validation_errors: { [field]: message } } }
    }
    const plan = isRecord(request.scheduled_plan) ? request.scheduled_plan : {}
    const download = await fetch(String(plan.download_url))
    const errors = await importRows(heapUrl, await download.text(), read.params)
    if (errors.length === 0) return { looker: { success: true } }
    const message = `Failed for environment ${read.params.env_id}, ${errors.length} errors: ${errors.slice(0, 250).join(', ')}`
    return { looker: { success: false, message } }
  })

  return {
    /** The form parameters of every execute. */
    executed,
    /** @returns the URL of the hub */
    async listen(): Promise<string> {
      origin = await app.listen({ host: '127.0.0.1', port: 0 })
      return origin
    },
    close: () => app.close(),
  }
}

type ReadParams =
  | { kind: 'valid'; params: HeapActionParams }
  | { kind: 'wrong'; field: keyof HeapActionParams; message: string }

/** In the order in which it checks them; it names the first that is wrong. */
function readParams({ env_id, property_type, heap_field }: Record<string, unknown>): ReadParams {
  if (!/^\d+$/.test(String(env_id ?? ''))) {
    return { kind: 'wrong', field: 'env_id', message: 'Heap environment ID is invalid' }
  }
  if (property_type !== 'user' && property_type !== 'account') {
    return { kind: 'wrong', field: 'property_type', message: `Unsupported property type: ${property_type}` }
  }
  if (typeof heap_field !== 'string' || heap_field === '') {
    return { kind: 'wrong', field: 'heap_field', message: 'Column mapping to a Heap field must be provided' }
  }
  return { kind: 'valid', params: { env_id: String(env_id), property_type, heap_field } }
}
