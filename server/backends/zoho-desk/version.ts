import type { DeskTicket } from './wire.js';

/**
 * The version of a ticket: when it was last changed, and what it then said. Zoho tells whole seconds, so that of two changes
 * within one only the values can tell the later.
 */
export function versionOf(ticket: DeskTicket): string {
  const values = [
    ticket.subject,
    ticket.status,
    ticket.priority,
    ticket.dueDate,
    ticket.departmentId,
    ticket.assigneeId,
    ticket.contactId,
    ticket.classification,
  ];
  const time = Date.parse(ticket.modifiedTime ?? '');
  const text = JSON.stringify(values.map((value) => value ?? null));
  return `${Number.isNaN(time) ? 0 : time}-${digest(text)}`;
}

/** FNV-1a: it tells values apart and keeps no secret. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}
