import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { StoredPlan } from '../looker/api/plans/plan-store.ts'
import { DEFAULT_USER_ID } from '../looker/api/users.ts'
import { accounts } from '../looker/looks/accounts.ts'
import { largeLook } from '../looker/looks/large.ts'
import { EXTENSION } from '../testing/extension-page.ts'
import { PATIENT, useStack } from '../testing/use-stack.ts'

// What one sees of a sync that is large, and of one that has run for long.

const MILLION = largeLook('900', 1_000_000)

/** Of a Heap that is slower than Looker on any machine. */
const LATENCY_MILLISECONDS = 300

/** More than two pages. */
const RUNS = 60

const running = useStack({ looks: [MILLION, accounts], heap: { validate: 'fast' } })

/** A schedule as the wizard makes it, of the analyst who looks at the pages. */
function addSync(lookId: string, params: Record<string, string>): { plan: StoredPlan; syncId: string } {
  const { instance } = running.stack.looker
  const owner = instance.users.find(({ id }) => id === DEFAULT_USER_ID)
  const look = instance.looks.find(lookId)?.look
  const action = instance.hubs.all()[0]?.actions[0]
  if (!owner || !look || !action) throw new Error('the stand-in has no user, Look or action for it')
  const syncId = randomUUID()
  const plan = instance.plans.add(
    owner,
    {
      name: `${look.title} to Heap`,
      look_id: lookId,
      crontab: '17 3 * * *',
      timezone: 'UTC',
      send_all_results: true,
      scheduled_plan_destination: [
        {
          type: `looker-integration://${action.id}`,
          format: 'json_detail_lite_stream',
          apply_formatting: false,
          apply_vis: false,
          parameters: JSON.stringify({ ...params, dry_run: 'no', sync_id: syncId }),
        },
      ],
    },
    look.title,
  )
  return { plan, syncId }
}

it('shows a million rows while they are read and sent', async () => {
  const { looker, stack } = running
  const { app, page } = looker
  stack.heap.setFaults({ rules: [{ fault: { kind: 'latency', ms: LATENCY_MILLISECONDS } }] })
  const { plan } = addSync(MILLION.id, MILLION.suggestedParams)
  await looker.open(`/syncs/${plan.id}`)
  await app.getByText('Nothing has been delivered yet').first().waitFor()
  await looker.button('Run now').click()
  const live = app.getByRole('region', { name: 'Under way' })
  await live.getByText(/rows per second/).waitFor()
  const arrived = async () => {
    const told = /([\d,]+) (?:of [\d,]+ rows have arrived|already in Heap)/.exec(
      (await live.textContent({ timeout: 5_000 })) ?? '',
    )
    return told ? Number((told[1] ?? '').replaceAll(',', '')) : 0
  }
  const first = await arrived()
  // It goes on by itself.
  await expect.poll(arrived, PATIENT).toBeGreaterThan(first)
  // Not before all rows are there.
  await live.getByText(/left$/).waitFor({ timeout: 90_000 })
  await looker.expectAccessible()
  await looker.expectNoSidewaysScroll()
  await looker.picture('live-sync')
  await app.getByRole('link', { name: 'Open this run' }).click()
  await app.getByRole('list', { name: 'Stages' }).waitFor()
  await looker.picture('live-import')
  await looker.expectAccessible()
  stack.heap.setFaults({ rules: [] })
  await app.getByText('1,000,000 of 1,000,000 rows imported.').waitFor({ timeout: 70_000 })
  await app
    .getByText('1,000,000 received = 1,000,000 delivered + 0 rejected + 0 skipped', { exact: false })
    .waitFor()
  await page.setViewportSize({ width: 1440, height: 900 })
  await looker.expectNoSidewaysScroll()
  await looker.picture('import-million-1440')
}, 240_000)

it('shows many runs page by page, also zoomed in', async () => {
  const { looker, stack } = running
  const { app, page } = looker
  stack.heap.setFaults({ rules: [] })
  const { plan, syncId } = addSync(accounts.id, accounts.suggestedParams)
  for (let run = 0; run < RUNS; run += 1) {
    await stack.looker.deliver(
      accounts.id,
      { ...accounts.suggestedParams, sync_id: syncId, dry_run: 'no' },
      { planId: plan.id },
    )
  }
  // A window of 1,280 by 800 at 200 % zoom.
  await page.setViewportSize({ width: 640, height: 400 })
  const host = EXTENSION.replace('/extensions', '/spartan')
  await looker.open('/syncs', host)
  await app.getByRole('link', { name: plan.name ?? '' }).waitFor()
  await looker.expectNoSidewaysScroll()
  await looker.picture('syncs-list-zoom-200')
  await app.getByRole('link', { name: plan.name ?? '' }).click()
  const runs = app.getByRole('table', { name: 'Runs' })
  await runs.waitFor()
  const shown = () => runs.getByRole('row').count()
  const firstPage = await shown()
  expect(firstPage).toBeLessThan(RUNS)
  await looker.expectNoSidewaysScroll()
  await looker.expectAccessible()
  await looker.picture('sync-runs-zoom-200')
  const more = app.getByRole('button', { name: /more/i })
  for (let pages = 0; pages < 10 && (await more.count()) > 0; pages += 1) {
    const before = await shown()
    await more.click()
    await expect.poll(shown, PATIENT).toBeGreaterThan(before)
  }
  // The heading is a row as well.
  expect(await shown()).toBe(RUNS + 1)
  await runs.getByRole('link').last().click()
  await app.getByText('500 of 500 rows imported.').waitFor()
  await looker.expectNoSidewaysScroll()
  await looker.expectAccessible()
  await looker.picture('import-zoom-200')
})
