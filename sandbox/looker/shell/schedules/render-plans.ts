import { readParameters } from '../../api/plans/check-destination.ts'
import type { StoredPlan } from '../../api/plans/plan-store.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'

export function renderPlans(plans: readonly StoredPlan[]): Html {
  if (plans.length === 0) {
    return html`<p class="empty">None yet. The extension makes them, or the API.</p>`
  }
  return html`<table>
<thead><tr><th scope="col">Name</th><th scope="col">Look</th><th scope="col">When</th><th scope="col">Next run</th><th scope="col">Last run</th><th scope="col">Sends</th><th scope="col">Owner</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
<tbody>${plans.map(renderPlan)}</tbody></table>`
}

function renderPlan(plan: StoredPlan): Html {
  const { id, name, enabled, look_id: lookId, title, user } = plan
  const button = (what: string, label: string) =>
    html`<form method="post" action="/schedules/${id}/${what}"><button class="small">${label}</button></form> `
  return html`<tr id="plan-${id}"><th scope="row">${name}${enabled ? null : html` <span class="tag">paused</span>`}<p class="quiet">plan ${id}</p></th>
<td><a href="/looks/${lookId ?? ''}">${title}</a></td>
<td>${plan.crontab ? html`<code>${plan.crontab}</code> ${plan.timezone ?? 'UTC'}` : `when ${plan.datagroup} triggers`}</td>
<td>${showTime(plan.next_run_at)}</td><td>${showTime(plan.last_run_at)}</td>
<td>${describeSending(plan)}</td><td>${user?.display_name}</td>
<td>${button('run', 'Run once')}${button('pause', enabled ? 'Pause' : 'Resume')}${button('delete', 'Delete')}</td></tr>`
}

/** `All Results to 7::heap: env_id 11, property_type user` */
function describeSending(plan: StoredPlan): string {
  const rows = plan.send_all_results ? 'All Results' : 'Results in Table'
  const targets = (plan.scheduled_plan_destination ?? []).map(({ type, parameters }) => {
    const values = Object.entries(readParameters(parameters) ?? {}).map(([name, value]) => `${name} ${value}`)
    return `${type?.replace('looker-integration://', '')}: ${values.join(', ')}`
  })
  return `${rows} to ${targets.join('; ')}`
}

function showTime(time: Date | null | undefined): string {
  return time ? `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '–'
}
