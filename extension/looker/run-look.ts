import type { LookerSdk } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/** Rows that the extension looks at; few enough to be quick, enough to show most mistakes. */
export const SAMPLE_ROWS = 500

/** In seconds. A slow Look is worth waiting for: its delivery would be as slow. */
const TIMEOUT = 600

/**
 * The first rows of a Look as `json_detail`: the one format that describes the columns and may be run by
 * hand. Raw values without visualization options, as in a delivery.
 *
 * @param production false: as the user sees the models, who may be changing them in Development Mode
 */
export function runLook(
  sdk: LookerSdk,
  lookId: string,
  { limit = SAMPLE_ROWS, production = true } = {},
): Promise<unknown> {
  return callLooker<unknown, unknown>(() =>
    sdk.run_look(
      {
        look_id: lookId,
        result_format: 'json_detail',
        limit,
        apply_formatting: false,
        apply_vis: false,
        generate_drill_links: false,
        cache: true,
        // A developer in Development Mode would see columns that no delivery has.
        force_production: production,
      },
      { timeout: TIMEOUT },
    ),
  )
}
