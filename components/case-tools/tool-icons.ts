import { svg } from 'lit';

/** A list under a name. */
export const viewIcon = svg`<path d="M2.5 4h11M4.5 8h7M6.5 12h3"/>`;

/** A file that comes out. */
export const exportIcon = svg`<path d="M8 2.5v7.2M5 7l3 3 3-3M3 12.8h10"/>`;
