import { FieldText } from '@looker/components'
import React from 'react'
import { MATCH_BY_DESCRIPTIONS, MATCH_BY_LABEL, MATCH_BY_WORDS } from '../../../shared/settings/match-by.ts'
import { Choice } from '../../components/choice.tsx'
import { fieldError } from '../../components/field-error.ts'
import { Panel, Stack } from '../../components/panel.tsx'
import { SectionHeading } from '../../components/text.tsx'
import { useWizard } from '../wizard-context.ts'

const MATCH_BY_OPTIONS = (['identity', 'heap_setup'] as const).map((value) => ({
  value,
  label: MATCH_BY_WORDS[value],
  description: MATCH_BY_DESCRIPTIONS[value],
}))

/** Where the rows go in Heap, and what the join key is compared with there. */
export function HeapSide({ errors }: { errors: Record<string, string> }) {
  const { draft, update } = useWizard()
  return (
    <Panel aria-labelledby="heap-heading">
      <SectionHeading id="heap-heading">Match in Heap</SectionHeading>
      <Stack gap={20}>
        <FieldText
          label="Heap environment ID"
          description="The number of the environment, in Heap under Account > Manage > Projects."
          inputMode="numeric"
          width="420px"
          value={draft.environmentId}
          onChange={(event) => update({ environmentId: event.currentTarget.value })}
          {...fieldError(errors.env_id)}
        />
        <Choice
          legend="A row of the Look is about"
          name="property-type"
          value={draft.propertyType}
          options={[
            { value: 'user', label: 'A user', description: 'Properties of people who use your product' },
            { value: 'account', label: 'An account', description: 'Properties of companies or teams' },
          ]}
          onChange={(propertyType) => update({ propertyType })}
        />
        {draft.propertyType === 'user' ? (
          <Choice
            legend={MATCH_BY_LABEL}
            name="match-by"
            value={draft.matchBy}
            options={MATCH_BY_OPTIONS}
            error={errors.match_by}
            onChange={(matchBy) => update({ matchBy })}
          />
        ) : (
          <p style={{ margin: 0 }}>
            The join key is compared with Heap's account ID. It must be set up in Heap first, and accounts
            become visible through their users.
          </p>
        )}
      </Stack>
    </Panel>
  )
}
