import type { IDatagroup } from '@looker/sdk'
import type { Operation } from '../operation.ts'

export const allDatagroups: Operation = {
  name: 'all_datagroups',
  verb: 'GET',
  path: '/datagroups',
  handle: ({ instance }): readonly IDatagroup[] => instance.datagroups.all(),
}
