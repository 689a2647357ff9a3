import type { IApiVersion } from '@looker/sdk'
import type { Operation } from '../../operation.ts'
import { pickFields } from '../../pick-fields.ts'

export const versions: Operation = {
  name: 'versions',
  verb: 'GET',
  path: '/versions',
  handle: ({ query }): IApiVersion =>
    pickFields({ looker_release_version: '26.12.0', supported_versions: [{ version: '4.0' }] }, query.fields),
}
