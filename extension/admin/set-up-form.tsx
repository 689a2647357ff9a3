import { FieldText } from '@looker/components'
import React from 'react'
import { Stack } from '../components/panel.tsx'
import type { Typed } from './use-set-up.ts'

/** What only the admin knows. The two secrets go to Looker and to the action server, and are kept nowhere else. */
export function SetUpForm({ typed, onChange }: { typed: Typed; onChange: (typed: Typed) => void }) {
  const field = (name: keyof Typed, label: string, description: string, isSecret: boolean) => (
    <FieldText
      label={label}
      description={description}
      value={typed[name]}
      type={isSecret ? 'password' : 'text'}
      autoComplete="off"
      onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
        onChange({ ...typed, [name]: event.currentTarget.value })
      }
    />
  )
  return (
    <Stack gap={16}>
      {field(
        'serverUrl',
        'Address of the action server',
        'PUBLIC_URL of the server, without a slash at the end',
        false,
      )}
      {field(
        'token',
        'Authorization token',
        'LOOKER_TOKEN of the server, which it prints at its first start',
        true,
      )}
      {field(
        'secret',
        'Secret of the extension',
        'EXTENSION_SECRET of the server, which it prints as well',
        true,
      )}
    </Stack>
  )
}
