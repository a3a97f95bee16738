import { createApp } from '../../../server/app.js';
import { createZohoDeskBackend, type ZohoDeskOptions } from '../../../server/backends/zoho-desk/index.js';
import { jwtAuthenticator } from '../../../server/middleware/authenticate.js';
import type { TokenClaims } from '../../../server/sign-token.js';
import { Caller, testSecret, tokenFor } from '../app.js';
import { createFakeZohoDesk, deskCredentials } from './fake-zoho-desk.js';
import { DeskWorld } from './world.js';

const work = { roles: ['customer-service'] };

/** A help desk of three departments, two accounts and an agent of each kind, and the gateway before it. */
export async function aDeskScene(options: Partial<ZohoDeskOptions> = {}) {
  const world = new DeskWorld();
  const support = world.addDepartment('Support');
  const billing = world.addDepartment('Billing');
  const field = world.addDepartment('Field service');
  const all = [support, billing, field];
  const service = world.addAgent('Gate Way', 'gateway@larkwell.example', all, {
    rolePermissionType: 'Admin',
  });
  world.serviceId = service.id;
  const lea = world.addAgent('Lea Brandt', 'lea@larkwell.example', [support]);
  const ben = world.addAgent('Ben Moor', 'ben@larkwell.example', [billing]);
  const both = world.addAgent('Ivy Both', 'ivy@larkwell.example', [support, billing]);
  const chief = world.addAgent('Ada Chief', 'ada@larkwell.example', all, { rolePermissionType: 'Admin' });
  const light = world.addAgent('Lou Light', 'lou@larkwell.example', [support], {
    rolePermissionType: 'Light',
  });
  const personal = world.addAgent('Pia Own', 'pia@larkwell.example', [support], {
    rolePermissionType: 'AgentPersonal',
  });
  const aldermill = world.addAccount('Aldermill');
  const brook = world.addAccount('Brook');
  const cara = world.addContact('Cara Aldous', 'cara@aldermill.example', aldermill);
  const dan = world.addContact('Dan Aldous', 'dan@aldermill.example', aldermill);
  const eve = world.addContact('Eve Brook', 'eve@brook.example', brook);

  const time = { passed: 0 };
  const clock = () => Date.now() + time.passed;
  const desk = createFakeZohoDesk(world, clock);
  const backend = createZohoDeskBackend({
    baseUrl: 'https://desk.example/api/v1',
    accountsUrl: 'https://accounts.example',
    orgId: world.orgId,
    ...deskCredentials,
    defaultDepartment: support.id,
    values: {
      priorities: { high: 'High', normal: 'Medium', low: 'Low' },
      contactMethods: { 'e-mail': 'Email' },
    },
    fetch: desk.fetch,
    clock,
    pause: () => Promise.resolve(),
    rememberSeconds: 0,
    ...options,
  });
  const app = createApp({ backend, authenticate: jwtAuthenticator({ secret: testSecret }) });
  const as = async (claims: Partial<TokenClaims>) =>
    new Caller(
      (request) => app.fetch(request),
      await tokenFor({
        sub: `host-${claims.email ?? 'nobody'}`,
        tenant: 'larkwell',
        kind: 'agent',
        ...claims,
      }),
    );
  const agent = (email: string, roles: string[] = work.roles) => as({ kind: 'agent', email, roles });
  const customer = (email: string) => as({ kind: 'customer', email });

  return {
    world,
    desk,
    /** Milliseconds that have gone by for tokens, besides those of the test itself. */
    time,
    backend,
    app,
    as,
    departments: { support, billing, field },
    agents: { service, lea, ben, both, chief, light, personal },
    contacts: { cara, dan, eve },
    accounts: { aldermill, brook },
    lea: await agent(lea.emailId),
    ben: await agent(ben.emailId),
    ivy: await agent(both.emailId),
    chief: await agent(chief.emailId, ['system-administrator']),
    light: await agent(light.emailId),
    personal: await agent(personal.emailId),
    cara: await customer('cara@aldermill.example'),
    dan: await customer('dan@aldermill.example'),
    eve: await customer('eve@brook.example'),
    /** A ticket as somebody made it in Zoho. */
    aTicket: (change: Partial<Parameters<DeskWorld['addTicket']>[0]> = {}) =>
      world.addTicket({
        subject: 'No dial tone',
        description: 'It is dead since Monday.',
        departmentId: support.id,
        contactId: cara.id,
        createdBy: lea.id,
        priority: 'High',
        ...change,
      }),
    /** The body of a complete new case for Cara. */
    aNewCase: (change: Record<string, unknown> = {}) => ({
      customerId: cara.id,
      subject: 'Charged twice for February',
      description: 'Two debits of 48.00 on 3 February.',
      type: 'billing',
      contactMethod: 'phone',
      ...change,
    }),
  };
}

export type DeskScene = Awaited<ReturnType<typeof aDeskScene>>;
