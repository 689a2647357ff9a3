import React from 'react'
import type { MappingGuess } from '../../../../shared/advice/key/guess-mapping.ts'
import { MATCH_BY_DESCRIPTIONS } from '../../../../shared/settings/match-by.ts'
import { Notice } from '../../../components/notice.tsx'
import { Muted } from '../../../components/text.tsx'
import { useWizard } from '../../wizard-context.ts'

const NAMES = { user: 'users', account: 'accounts' }

/** Why it is users or accounts, and what becomes of a key that Heap does not know. */
export function SubjectLine({ guess }: { guess: MappingGuess | null }) {
  const { draft } = useWizard()
  const { propertyType, matchBy } = draft
  const told = guess && `The Look seems to be of ${NAMES[guess.propertyType]}: ${guess.because}.`
  return (
    <>
      {guess && guess.propertyType !== propertyType && (
        <Notice intent="warn" role="status">
          {told} You have chosen {NAMES[propertyType]}: a key that Heap does not know would create one.
        </Notice>
      )}
      <Muted>
        {guess?.propertyType === propertyType && told}{' '}
        {propertyType === 'account'
          ? "The join key is compared with Heap's account ID, which must be set up in Heap first. An account is seen through its users: one without any stays invisible."
          : matchBy === 'heap_setup'
            ? `The join key is compared with a user property. ${MATCH_BY_DESCRIPTIONS.heap_setup}`
            : "A user's identity is what your product calls heap.identify with, upper and lower case included. Every key that Heap does not know creates a new user there, and nothing takes it back."}
      </Muted>
    </>
  )
}
