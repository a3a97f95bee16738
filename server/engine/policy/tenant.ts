import type { Verdict } from '../../../src/contract/common.js';
import type { SessionAction } from '../../../src/contract/session.js';
import type { Actor } from '../../backend.js';
import { hasCaseRole, isAdministrator, type PolicySettings } from './facts.js';
import { decideInboxWork } from './inboxes.js';
import { isPortalOpen, refusedFeature } from './portal.js';
import { allow, refuse } from './verdict.js';

/** CC-01: whether the role of an agent works on cases. */
export function decideCaseWork(agent: Actor): Verdict {
  return hasCaseRole(agent) ? allow('cases.role') : refuse('cases.role', 'Your role does not work on cases.');
}

/** What the actor may do in the tenant as a whole. */
export function decideTenant(actor: Actor, action: SessionAction, settings: PolicySettings): Verdict {
  if (action === 'editSettings') {
    return isAdministrator(actor)
      ? allow('settings.administrator')
      : refuse('settings.administrator', 'Only a system administrator can change the settings.');
  }
  if (action === 'shareViews') {
    return isAdministrator(actor)
      ? allow('views.share')
      : refuse('views.share', 'Only a system administrator can share a view.');
  }
  if (action === 'manageInboxes') {
    return isAdministrator(actor)
      ? allow('inboxes.administrator')
      : refuse('inboxes.administrator', 'Only a system administrator can make and change inboxes.');
  }
  if (action === 'listInboxes') return decideInboxWork(actor);
  if (action === 'exportCases' || action === 'saveViews') {
    if (hasCaseRole(actor)) return allow('cases.role');
    return action === 'exportCases'
      ? refuse('cases.export', 'Only agents who work on cases can export them.')
      : refuse('views.role', 'Only agents who work on cases can keep views.');
  }
  if (actor.kind === 'agent') return decideCaseWork(actor);
  return decideCustomer(actor, action, settings);
}

function decideCustomer(
  actor: Actor,
  action: Exclude<
    SessionAction,
    'editSettings' | 'exportCases' | 'saveViews' | 'shareViews' | 'listInboxes' | 'manageInboxes'
  >,
  settings: PolicySettings,
): Verdict {
  if (action === 'listCustomers') return refuse('customers.role', 'Only agents can list customers.');
  if (action === 'listPeople') return refuse('people.role', 'Only agents can list people.');
  if (action === 'listCases') return allow('cases.requester');
  if (action === 'createProject') return refuse('projects.agents-only', 'Only agents can make projects.');
  if (action === 'listProjects') return allow('grant.project');
  if (!isPortalOpen(settings)) return refuse('portal.closed', 'Cases cannot be submitted here.');
  const unticked = refusedFeature('createCase', settings);
  if (unticked) return unticked;
  return actor.customer === null
    ? refuse('cases.own-customer', 'Your account belongs to no customer.')
    : allow('cases.own-customer');
}

/** What the actor may do with one customer. */
export function decideCustomerRecord(actor: Actor, customerId: string, settings: PolicySettings) {
  const own = actor.kind === 'customer' && actor.customer === customerId;
  const view =
    own || hasCaseRole(actor)
      ? allow(own ? 'customers.own' : 'cases.role')
      : refuse('customers.visibility', 'The customer is not available to you.');
  return {
    view,
    listCases: view.allowed ? decideTenant(actor, 'listCases', settings) : view,
    createCase: view.allowed ? decideTenant(actor, 'createCase', settings) : view,
  };
}
