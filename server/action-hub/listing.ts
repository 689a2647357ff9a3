import type { FastifyInstance } from 'fastify'
import { refuseWrongToken } from './authenticate.ts'
import { ICON_DATA_URI } from './icon.ts'
import { publicUrl } from './public-url.ts'

/** `POST /`: what this hub offers, in the words of Looker's Action API. */
export async function listingRoute(app: FastifyInstance): Promise<void> {
  app.route({
    method: 'POST',
    url: '/',
    config: { operation: 'listing' },
    onRequest: refuseWrongToken,
    handler: async () => listing(publicUrl(app)),
  })
}

function listing(baseUrl: string) {
  return {
    label: 'Looker Data Import for Heap',
    integrations: [
      {
        // Part of the action's id in Looker: schedules break when it changes.
        name: 'heap',
        label: 'Heap',
        description:
          'Import user and account properties from a Look into Heap. Every row arrives or is accounted for.',
        params: [],
        required_fields: [],
        url: `${baseUrl}/actions/heap/execute`,
        form_url: `${baseUrl}/actions/heap/form`,
        icon_data_uri: ICON_DATA_URI,
        supported_action_types: ['query'],
        // Looker ends `json_detail` at 5,000 rows without a word; schedules that have it are still taken.
        supported_formats: ['json_detail_lite_stream'],
        supported_formattings: ['unformatted'],
        supported_visualization_formattings: ['noapply'],
        supported_download_settings: ['url', 'push'],
        uses_oauth: false,
        delegate_oauth: false,
      },
    ],
  }
}
