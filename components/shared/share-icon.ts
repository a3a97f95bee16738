import { svg } from 'lit';

/** Somebody and one more. */
export const shareIcon = svg`<circle cx="6.2" cy="5.4" r="2.3"/><path d="M2 13c.4-2.5 2-3.9 4.2-3.9S10 10.5 10.4 13M12 5.5V10M9.8 7.7h4.4"/>`;
