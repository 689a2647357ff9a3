import type { Command } from './command.ts'
import { alertsCommand } from './commands/alerts.ts'
import { cancelCommand } from './commands/cancel.ts'
import { connectionsCommand } from './commands/connections.ts'
import { discardCommand } from './commands/discard.ts'
import { doctorCommand } from './commands/doctor.ts'
import { exportRejectedCommand } from './commands/export-rejected.ts'
import { forgetCommand } from './commands/forget.ts'
import { importCommand } from './commands/import.ts'
import { importsCommand } from './commands/imports.ts'
import { releaseCommand } from './commands/release.ts'
import { restoredCommand } from './commands/restored.ts'
import { retryCommand } from './commands/retry.ts'
import { setupCommand } from './commands/set-up/setup.ts'
import { teardownCommand } from './commands/set-up/teardown.ts'

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
  setupCommand,
  teardownCommand,
  doctorCommand,
]
