import React from 'react'
import type { ChoiceOption } from '../../../components/choice.tsx'
import { Choice } from '../../../components/choice.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Panel, Stack } from '../../../components/panel.tsx'
import type { WithSecrets } from './save-change.ts'

const OPTIONS: ChoiceOption<WithSecrets>[] = [
  {
    value: 'second',
    label: 'Make a second schedule',
    description: 'For Heap only, with the new settings. Afterwards remove Heap from the first in Looker.',
  },
  {
    value: 'schedule_only',
    label: 'Leave the settings as they are',
    description: 'Only the name, the times and which rows are sent change.',
  },
]

/** Where the settings cannot change in place: Looker replaces all destinations and tells no secrets. */
export function SecretsChoice(props: {
  holders: string[]
  value: WithSecrets
  onChange: (way: WithSecrets) => void
}) {
  return (
    <Panel aria-label="Other destinations">
      <Stack gap={16}>
        <Notice intent="warn" role="status">
          <p>
            <strong>This schedule also sends to {props.holders.join(', ')}.</strong>
          </p>
          <p>
            Looker tells nobody the secrets of such a destination, and would lose them if the settings for
            Heap were changed from here. In Looker's own Schedule dialog they can be typed again.
          </p>
        </Notice>
        <Choice
          legend="The changed settings"
          name="with-secrets"
          value={props.value}
          options={OPTIONS}
          onChange={props.onChange}
        />
      </Stack>
    </Panel>
  )
}
