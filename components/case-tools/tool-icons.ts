import { svg } from 'lit';

/** A list to come back to. */
export const viewIcon = svg`<path d="M4.5 2.5h7v11L8 10.6l-3.5 2.9z"/>`;

/** A file that comes out. */
export const exportIcon = svg`<path d="M8 2.5v7.2M5 7l3 3 3-3M3 12.8h10"/>`;
