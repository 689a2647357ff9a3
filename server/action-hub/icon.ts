/** A bar chart whose bars turn into people: rows of a table becoming users. 32 by 32, our own. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#31135e"/>
<path d="M6 9h8M6 16h8M6 23h8" stroke="#b9a5e0" stroke-width="3" stroke-linecap="round"/>
<path d="m16.500 12 4 4-4 4" fill="none" stroke="#fff" stroke-width="2.500" stroke-linecap="round" stroke-linejoin="round"/>
<circle cx="25" cy="12.500" r="2.800" fill="#3cdbc0"/>
<path d="M20.800 22.500a4.200 4.200 0 0 1 8.400 0z" fill="#3cdbc0"/>
</svg>`

export const ICON_DATA_URI = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`
