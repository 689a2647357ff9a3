import { useQuery } from '@tanstack/react-query'
import { readVisualization } from '../../../shared/looker-result/visualization.ts'
import { useLooker } from '../../looker/adaptor.tsx'
import { runLook } from '../../looker/run-look.ts'
import { readSample } from '../../sample/sample.ts'

/**
 * Whether a Look that does not run as a delivery would find it does run as the user sees the models: its fields
 * are then known in Development Mode only.
 *
 * @param asked the Look has failed
 */
export function useRunsInDevelopment(lookId: string, asked: boolean): boolean {
  const { sdk } = useLooker()
  const found = useQuery(
    ['runs-in-development', lookId],
    async () => {
      const result = await runLook(sdk, lookId, { limit: 1, production: false })
      return readSample(result, readVisualization(null), 1).kind === 'read'
    },
    { enabled: asked },
  )
  return found.data === true
}
