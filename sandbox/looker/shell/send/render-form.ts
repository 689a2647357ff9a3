import { formatCount } from '../../../../shared/text/text-list.ts'
import type { ActionFormField, CheckedForm } from '../../action/action-form.ts'
import type { Look } from '../../look.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import { HEAP_MOODS, LOOKER_FAULTS } from './trouble.ts'

/** What has been chosen so far, by the names of the form's controls. */
export type FormValues = Readonly<Record<string, string>>

/** The prefix of controls whose values are form parameters of the action. */
export const PARAM_PREFIX = 'param.'

type SendForm = { looks: readonly Look[]; look: Look; values: FormValues; form: CheckedForm }

/** The Send dialog: which Look, how it travels, and the action's own form as the action describes it. */
export function renderForm({ looks, look, values, form }: SendForm): Html {
  const options = looks.map(({ id, title }) => option(id, title, look.id))
  const { dimensions, measures, table_calculations: calculations } = look.fields
  const columns = dimensions.length + measures.length + calculations.length
  return html`
<label for="look">Look</label>
<select id="look" name="look" aria-describedby="look-hint">${options}</select>
<p class="hint" id="look-hint">${look.explanation}
  <span class="quiet">${formatCount(look.rowCount)} rows, ${columns} columns.</span></p>
<fieldset><legend>Where should this data go? <strong>Heap</strong></legend>
${form.kind === 'fields' ? form.fields.map((field) => renderField(field, values)) : renderProblem(form)}
</fieldset>
<details ${isChosen(values) ? html`open` : null}><summary>How it travels, and what goes wrong</summary>
${choice('mode', 'Results are', values, [
  { name: 'url', label: 'downloaded from a one-time URL' },
  { name: 'push', label: 'pushed in the request' },
])}
${choice('format', 'Format', values, [
  { name: 'json_detail_lite_stream', label: 'json_detail_lite_stream' },
  { name: 'json_detail', label: 'json_detail, of an old schedule (at most 5,000 rows)' },
])}
${choice('rows', 'Limit', values, [
  { name: '', label: 'All Results' },
  { name: '500', label: 'Results in Table (500 rows)' },
])}
${choice('fault', "Looker's download", values, LOOKER_FAULTS)}
${choice('mood', 'Heap', values, HEAP_MOODS)}
</details>`
}

function renderField(field: ActionFormField, values: FormValues): Html {
  const name = PARAM_PREFIX + field.name
  const value = values[name] ?? field.default ?? ''
  const hint = field.description ? html`<p class="hint" id="${name}-hint">${field.description}</p>` : null
  const attributes = html`id="${name}" name="${name}" aria-describedby="${name}-hint"${
    field.interactive ? html` data-interactive` : null
  }${field.required ? html` required` : null}`
  const control =
    field.type === 'select'
      ? html`<select ${attributes}>${(field.options ?? []).map((entry) => option(entry.name, entry.label ?? entry.name, value))}</select>`
      : field.type === 'textarea'
        ? html`<textarea ${attributes} rows="2" spellcheck="false">${value}</textarea>`
        : html`<input ${attributes} value="${value}" autocomplete="off" spellcheck="false">`
  return html`<label for="${name}">${field.label ?? field.name}</label>${control}${hint}`
}

function renderProblem(form: Exclude<CheckedForm, { kind: 'fields' }>): Html {
  const text =
    form.kind === 'error' ? form.message : `The form breaks the contract: ${form.problems.join('; ')}`
  return html`<p class="problem" role="alert">The action has no form to show. ${text}</p>`
}

function choice(name: string, label: string, values: FormValues, options: readonly Option[]): Html {
  const shown = options.map((entry) => option(entry.name, entry.label, values[name] ?? ''))
  return html`<label for="${name}">${label}</label><select id="${name}" name="${name}">${shown}</select>`
}

type Option = { name: string; label: string }

function option(name: string, label: string, chosen: string): Html {
  return html`<option value="${name}"${name === chosen ? html` selected` : null}>${label}</option>`
}

function isChosen({ mode = 'url', format = '', rows = '', fault = '', mood = '' }: FormValues): boolean {
  return mode === 'push' || format === 'json_detail' || [rows, fault, mood].some((value) => value !== '')
}
