/**
 * Colors that the theme of @looker/components lacks. Each text color has a contrast above 4.5 on each of the
 * tints.
 */
export const COLORS = {
  muted: '#4c545d',
  tints: {
    neutral: '#eceff3',
    inform: '#eef4fe',
    positive: '#e9f7ee',
    warn: '#fff6e0',
    critical: '#fdeeee',
  },
  edges: { inform: '#1967d2', positive: '#1e8e4a', warn: '#c27c00', critical: '#cc1f36' },
  texts: { neutral: '#40474f', key: '#1a4fa3', positive: '#14602f', warn: '#6b4700', critical: '#97151d' },
}
