import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { createNeighbours } from '../../../../shared/advice/names/property-neighbours.ts'
import { useActionServer } from '../../../action-server/action-server.ts'
import { useKindOf } from '../../../actions/kind-lookup.ts'
import { fetchOtherProperties } from '../../../history/other-properties.ts'
import { usePlans } from '../../../looker/all-scheduled-plans.ts'
import { useWizard } from '../../wizard-context.ts'

/** Finds the properties of other syncs that are a property of this one, or look like it; none until they are known. */
export function useNeighbours() {
  const { draft, planId } = useWizard()
  const { environmentId, propertyType } = draft
  const { server } = useActionServer()
  const plans = usePlans()
  const kindOf = useKindOf()
  const others = useQuery(
    ['other-properties', environmentId, propertyType, planId, plans.dataUpdatedAt],
    () =>
      server && kindOf && plans.data
        ? fetchOtherProperties(server, plans.data.plans, kindOf, { environmentId, propertyType, planId })
        : [],
    { enabled: server !== null && kindOf !== null && plans.data !== undefined && environmentId !== '' },
  )
  return useMemo(() => createNeighbours(others.data ?? []), [others.data])
}
