import type { Command } from './command.ts'
import { alertsCommand } from './commands/alerts.ts'
import { cancelCommand } from './commands/cancel.ts'
import { connectionsCommand } from './commands/connections.ts'
import { discardCommand } from './commands/discard.ts'
import { exportRejectedCommand } from './commands/export-rejected.ts'
import { forgetCommand } from './commands/forget.ts'
import { importCommand } from './commands/import.ts'
import { importsCommand } from './commands/imports.ts'
import { releaseCommand } from './commands/release.ts'
import { restoredCommand } from './commands/restored.ts'
import { retryCommand } from './commands/retry.ts'

export const COMMANDS: readonly Command[] = [
  importsCommand,
  importCommand,
  retryCommand,
  cancelCommand,
  releaseCommand,
  discardCommand,
  exportRejectedCommand,
  forgetCommand,
  restoredCommand,
  alertsCommand,
  connectionsCommand,
]
