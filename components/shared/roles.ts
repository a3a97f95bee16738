import { msg } from '@lit/localize';

// The roles that work on cases. Whoever has no such role sees no view.
const usual = ['customer-service', 'sales-agent', 'system-administrator'] as const;

/** The roles a view can be shared with: the usual ones, the sharer's own, and those it is shared with already. */
export function rolesToOffer(own: readonly string[], chosen: readonly string[]): string[] {
  return [...new Set([...usual, ...own, ...chosen])];
}

/** What a role is called; one of the host's own is shown as it is written. */
export function roleLabel(role: string): string {
  switch (role) {
    case 'customer-service':
      return msg('Customer service', { id: 'role.customer-service' });
    case 'sales-agent':
      return msg('Sales', { id: 'role.sales-agent' });
    case 'system-administrator':
      return msg('Administrators', { id: 'role.system-administrator' });
    case 'finance':
      return msg('Finance', { id: 'role.finance' });
    default:
      return role;
  }
}
