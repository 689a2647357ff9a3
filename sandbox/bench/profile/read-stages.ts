import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { CpuProfile, ProfileWindow } from './fold-profile.ts'
import { foldProfile } from './fold-profile.ts'

/** Seconds by stage of all threads whose profiles are in a directory, most first. */
export async function readStages(
  directory: string,
  window: ProfileWindow,
): Promise<ReadonlyMap<string, number>> {
  const seconds = new Map<string, number>()
  for (const name of await readdir(directory)) {
    const profile: CpuProfile = JSON.parse(await readFile(path.join(directory, name), 'utf8'))
    for (const [stage, amount] of foldProfile(profile, window)) {
      seconds.set(stage, (seconds.get(stage) ?? 0) + amount)
    }
  }
  return new Map([...seconds].sort(([, one], [, other]) => other - one))
}
