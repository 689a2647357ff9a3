import type { IScheduledPlan } from '@looker/sdk'
import React from 'react'
import { MATCH_BY_LABEL } from '../../shared/settings/match-by.ts'
import { parseSettings } from '../../shared/settings/sync-settings.ts'
import { Facts } from '../components/facts.tsx'
import { formatDateTime } from '../components/format-date.ts'
import { LookLink } from '../components/look-link.tsx'
import { Notice } from '../components/notice.tsx'
import { Stack } from '../components/panel.tsx'
import { useLocale } from '../looker/locale.ts'
import { useLook } from '../looker/look.ts'
import { findHeapDestination } from '../sync/destination.ts'
import { matchedBy, readParameters } from '../sync/settings.ts'
import type { SyncSummary } from '../sync/sync-summary.ts'

export function SyncOverview({ plan, sync }: { plan: IScheduledPlan; sync: SyncSummary }) {
  const locale = useLocale()
  const parsed = parseSettings(readParameters(findHeapDestination(plan)?.parameters))
  const settings = parsed.kind === 'valid' ? parsed.settings : null
  const when = (date: Date | null) => (date ? formatDateTime(date, locale, sync.timezone ?? undefined) : '-')
  return (
    <Stack>
      {parsed.kind === 'invalid' && (
        <Notice intent="critical">
          <p>
            <strong>The settings are not complete, so deliveries fail. Edit the sync.</strong>
          </p>
          {Object.values(parsed.errors).map((error) => (
            <p key={error}>{error}</p>
          ))}
        </Notice>
      )}
      <Facts
        facts={[
          ['Look', <LookName key="look" lookId={sync.lookId} />],
          ['Rows are', settings?.propertyType === 'account' ? 'Accounts' : 'Users'],
          ['Heap environment', sync.environmentId || '-'],
          ['Join key', settings?.joinKeyColumn ?? '-'],
          [MATCH_BY_LABEL, settings ? matchedBy(settings.propertyType, settings.matchBy) : '-'],
          ...(settings?.dryRun
            ? [['Dry run', 'Rows are checked and counted; nothing is sent'] as [string, string]]
            : []),
          ['Runs', sync.timezone === null ? sync.schedule : `${sync.schedule} (${sync.timezone})`],
          ['Next run', sync.state === 'paused' ? 'Paused' : when(sync.nextRun)],
          ['Last run', when(sync.lastRun)],
          ['Rows sent', plan.send_all_results ? 'All results' : "Up to the Look's row limit"],
          ['Owner', sync.owner || '-'],
        ]}
      />
    </Stack>
  )
}

function LookName({ lookId }: { lookId: string | null }) {
  const look = useLook(lookId)
  if (lookId === null) return <>Not of a Look</>
  return <LookLink lookId={lookId}>{look.data?.title ?? `Look ${lookId}`}</LookLink>
}
