import { customers } from '../../../demo/sample-data/customers.js';
import { departments, organisations, people } from '../../../demo/sample-data/people.js';
import type { ZohoDeskOptions } from '../../../server/backends/zoho-desk/index.js';
import { deskCredentials } from '../fake-zoho-desk/fake-zoho-desk.js';
import { DeskWorld } from '../fake-zoho-desk/world.js';

/** A Zoho Desk in which Larkwell's people have accounts, and what it calls them. */
export interface LarkwellDesk {
  readonly world: DeskWorld;
  readonly options: Omit<ZohoDeskOptions, 'baseUrl' | 'accountsUrl'>;
  /** The contact that is each customer: Zoho has no customers besides. */
  readonly customers: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  readonly departments: ReadonlyMap<string, string>;
}

/** @param clock - Milliseconds since the epoch. */
export function larkwellDesk(clock: () => number): LarkwellDesk {
  const world = new DeskWorld(clock);
  const byId = new Map(departments.map(({ id, name }) => [id, world.addDepartment(name)]));
  const gateway = world.addAgent('Gate Way', 'gateway@larkwell.example', [...byId.values()], {
    rolePermissionType: 'Admin',
  });
  world.serviceId = gateway.id;
  const accounts = new Map(organisations.map(({ id, name }) => [id, world.addAccount(name)]));

  const persons = new Map<string, string>();
  for (const person of people) {
    const names = namesOf(person.name);
    if (person.kind === 'agent') {
      const own = (person.departments ?? []).flatMap((id) => byId.get(id) ?? []);
      const isAdmin = person.roles?.includes('system-administrator');
      const { id } = world.addAgent(person.name, person.email, own, {
        ...names,
        ...(isAdmin && { rolePermissionType: 'Admin' }),
        ...(person.former && { status: 'DISABLED' }),
      });
      persons.set(person.id, id);
    } else {
      const organisation = customers.find(({ id }) => id === person.customer)?.organisation ?? '';
      const made = world.addContact(person.name, person.email, accounts.get(organisation));
      persons.set(person.id, Object.assign(made, names).id);
    }
  }
  return {
    world,
    options: {
      orgId: world.orgId,
      ...deskCredentials,
      defaultDepartment: byId.get('care')?.id,
      values: {
        priorities: { high: 'High', normal: 'Medium', low: 'Low' },
        contactMethods: { 'e-mail': 'Email', portal: 'Web' },
      },
    },
    customers: new Map(customers.map(({ id, mainContact }) => [id, persons.get(mainContact) ?? ''])),
    people: persons,
    departments: new Map([...byId].map(([id, department]) => [id, department.id])),
  };
}

/** The last word is the family's name. */
function namesOf(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.split(' ');
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}
