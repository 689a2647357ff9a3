import { FieldText } from '@looker/components'
import React from 'react'
import { Choice } from '../../components/choice.tsx'
import { fieldError } from '../../components/field-error.ts'
import { Panel, Stack } from '../../components/panel.tsx'
import { SectionHeading } from '../../components/text.tsx'
import { useWizard } from '../wizard-context.ts'

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
            legend="The join key is compared with"
            name="match-with"
            value={draft.matchWith}
            options={[
              {
                value: 'identity',
                label: "Heap's identity",
                description: 'What your product calls heap.identify with',
              },
              {
                value: 'property',
                label: 'A custom user property',
                description: 'Any property that is unique per user',
              },
            ]}
            onChange={(matchWith) => update({ matchWith })}
          />
        ) : (
          <p style={{ margin: 0 }}>
            The join key is compared with Heap's account ID. It must be set up in Heap first, and accounts
            become visible through their users.
          </p>
        )}
        {draft.propertyType === 'user' && draft.matchWith === 'property' && (
          <FieldText
            label="Custom user property"
            description="Its name as Heap shows it. It must be set up in Heap under Integrations > Directory > Looker Data Import."
            width="420px"
            value={draft.joinProperty}
            onChange={(event) => update({ joinProperty: event.currentTarget.value })}
            {...fieldError(errors.join_property)}
          />
        )}
      </Stack>
    </Panel>
  )
}
