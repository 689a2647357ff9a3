import type { StepId } from './wizard/steps.ts'

/** Every page has its own address, so that back, forward and reload work inside Looker's frame. */
export const PATHS = {
  /** Where Looker opens the extension; shows the syncs without leading there, see the wizard's frame. */
  home: '/',
  syncs: '/syncs',
  sync: '/syncs/:planId',
  import: '/syncs/:planId/imports/:importId',
  edit: '/syncs/:planId/edit/:step',
  takeOver: '/syncs/:planId/take-over/:index',
  create: '/new/:step',
  sent: '/sent/:planId',
  sentImport: '/sent/:planId/imports/:importId',
  setup: '/setup',
}

export function syncPath(planId: string): string {
  return `/syncs/${encodeURIComponent(planId)}`
}

export function importPath(planId: string, importId: number): string {
  return `${syncPath(planId)}/imports/${importId}`
}

/** @param index place of the destination in the plan */
export function takeOverPath(planId: string, index: number): string {
  return `${syncPath(planId)}/take-over/${index}`
}

export function sentPath(planId: string): string {
  return `/sent/${encodeURIComponent(planId)}`
}

export function sentImportPath(planId: string, importId: number): string {
  return `${sentPath(planId)}/imports/${importId}`
}

/** @param planId of the sync that is edited; null for a new one */
export function stepPath(planId: string | null, step: StepId): string {
  return planId === null ? `/new/${step}` : `${syncPath(planId)}/edit/${step}`
}
