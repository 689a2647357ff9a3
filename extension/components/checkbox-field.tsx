import { FieldCheckbox } from '@looker/components'
import styled from 'styled-components'

/** Looker's, with its label in full: it would give the label a third of the width and cut the rest. */
export const CheckboxField = styled(FieldCheckbox)`
  && {
    grid-template-columns: auto minmax(0, 1fr) auto auto;
  }
  label * {
    white-space: normal;
  }
`
