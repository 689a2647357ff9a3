import type { SyncSettings } from '../../shared/settings/sync-settings.ts'

/** Users by the column `users.email`, as they are documented, all columns. */
export const TEST_SETTINGS: SyncSettings = {
  environmentId: '11',
  propertyType: 'user',
  joinKeyColumn: 'users.email',
  matchBy: 'identity',
  dryRun: false,
  maxRejectedPercent: 0,
  propertyNames: { rename: {}, exclude: [] },
  emptyValue: '',
  testRows: null,
  send: 'all',
  syncId: null,
  madeFor: 'this_action',
}
