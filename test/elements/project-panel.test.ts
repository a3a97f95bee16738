import { expect, html } from '@open-wc/testing';

import '../../components/project-panel/project-panel.js';
import '../../components/shared-with/shared-with.js';
import type { ProjectPanel } from '../../components/project-panel/project-panel.element.js';
import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { Project } from '../../src/contract/projects.js';
import { moreToShareWith } from '../support/sharing.js';
import type { SamplePerson } from '../support/sample-tenant.js';
import {
  aNewCase,
  aProvider,
  aTenant,
  disposeClients,
  find,
  nextEvent,
  press,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

const QUIST = { kind: 'customer', id: 'cust_quist' } as const;

interface World {
  readonly tenant: TestTenant;
  readonly client: CaseClient;
  readonly project: Project;
  readonly record: Case;
}

/** A tenant whose portal shows projects, with one that has a case. */
async function aWorld(shown = true): Promise<World> {
  const tenant = await aTenant();
  await tenant.seed(moreToShareWith);
  const { settings } = tenant.clientFor('administrator');
  await settings.update(
    {
      sharing: { organisations: true },
      portal: { scope: shown ? ['own', 'projects'] : ['own'] },
      automations: [{ id: 'weekly', label: 'Weekly progress mail' }],
    },
    await settings.get(),
  );
  const client = tenant.clientFor('agent');
  const project = await client.projects.create({ name: 'Fibre for the mill' });
  const record = await client.cases.create(
    aNewCase({ subject: 'Trench across the yard', projectId: project.id }),
  );
  return { tenant, client, project, record };
}

async function aPanel(
  { tenant, project }: World,
  as: SamplePerson = 'agent',
  choose = false,
): Promise<ProjectPanel> {
  const provider = await aProvider(
    { tenant, as, width: 'wide' },
    choose
      ? html`<project-panel></project-panel>`
      : html`<project-panel project-id=${project.id}></project-panel>`,
  );
  return provider.querySelector('project-panel') as ProjectPanel;
}

async function click(root: Node, role: 'button' | 'tab', name: string | RegExp): Promise<void> {
  (await untilFound(root, role, name)).click();
}

describe('project-panel', () => {
  afterEach(disposeClients);

  it('CU-01, CU-09, CU-11, CU-13, CU-14, CU-18 shares a whole project: choose it, share icon, Customers, a name, Add', async () => {
    const world = await aWorld();
    const panel = await aPanel(world, 'agent', true);
    const selector = await untilFound<HTMLSelectElement>(panel, 'combobox', 'Project');
    await untilText(panel, 'Choose a project to see its cases.');
    const chosen = nextEvent<CustomEvent<{ projectId: string }>>(panel, 'project-select');
    selector.value = world.project.id;
    selector.dispatchEvent(new Event('change', { bubbles: true }));
    expect((await chosen).detail.projectId).to.equal(world.project.id);
    await untilText(panel, 'Trench across the yard');
    await untilText(panel, 'Nobody follows this project.');

    await click(panel, 'button', 'Share project');
    expect((await untilFound(panel, 'tab', 'Customers')).getAttribute('aria-selected')).to.equal('true');
    // CU-18: before anybody is added.
    await untilText(panel, 'Weekly progress mail');
    const field = await untilFound(panel, 'combobox', /^Add /);
    field.focus();
    type(field, 'Quist & D');
    await untilFound(panel, 'option', /^Quist & Daughters/);
    press('ArrowDown', field);
    await waitUntil(() => field.getAttribute('aria-activedescendant'), 'no option is stood on');
    press('Enter', field);
    await click(panel, 'button', /^(Share|Add)\b(?! project)/);
    // CU-14: the detail of the project says the same as the window.
    await untilText(panel, 'Followed by Quist & Daughters');
    const nora = world.tenant.clientFor('outsider');
    expect((await nora.cases.list({ projectId: world.project.id })).items).to.have.length(1);

    // CU-13: ended elsewhere, the line leaves by itself.
    const { items } = await world.client.projects.grants(world.project.id);
    await world.tenant.clientFor('otherAgent').grants.remove(items[0]?.id ?? '');
    await untilText(panel, 'Nobody follows this project.');
  });

  it('CU-11 has no share icon, no Customers and no composer for those without the right', async () => {
    const world = await aWorld();
    await world.client.projects.share(world.project.id, { grantees: [QUIST] });
    const panel = await aPanel(world, 'outsider');
    await untilText(panel, 'Trench across the yard');
    await untilFound(panel, 'tab', 'Messages');
    for (const name of ['Share project', 'Rename', 'New project', /^Take case/])
      expect(find(panel, 'button', name), String(name)).to.equal(undefined);
    expect(find(panel, 'tab', 'Customers')).to.equal(undefined);
    await click(panel, 'tab', 'Messages');
    await untilText(panel, 'Nothing has been written yet.');
    expect(find(panel, 'textbox', /Message/)).to.equal(undefined);
  });

  it('CU-10, CU-12, CU-23 states how many people an organisation has, and that the portal hides projects', async () => {
    const world = await aWorld(false);
    await world.client.projects.share(world.project.id, {
      grantees: [
        { kind: 'organisation', id: 'org_empty' },
        { kind: 'organisation', id: 'org_quist' },
      ],
    });
    const panel = await aPanel(world);
    await untilText(panel, /Nobody Yet \(0 people\).*Quist Group \(1 person\)/);
    await click(panel, 'button', 'Share project');
    await untilText(panel, /portal/);
  });

  it('CU-16 posts a message that followers read live; CU-19 a case taken out leaves their portal at once', async () => {
    const world = await aWorld();
    await world.client.projects.share(world.project.id, { grantees: [QUIST] });
    const theirs = await aPanel(world, 'outsider');
    await untilText(theirs, 'Trench across the yard');
    const panel = await aPanel(world);
    await click(panel, 'tab', 'Messages');
    const post = await untilFound<HTMLButtonElement>(panel, 'button', 'Post message');
    expect(post.disabled).to.equal(true);
    type(await untilFound(panel, 'textbox', 'Message to everybody who follows'), 'Open until <b>Friday</b>.');
    await waitUntil(() => !post.disabled, 'the message cannot be posted');
    post.click();
    await untilText(panel, 'The message was posted.');
    await click(theirs, 'tab', 'Messages');
    await untilText(theirs, 'Open until <b>Friday</b>.');

    await click(theirs, 'tab', 'Cases');
    await untilText(theirs, 'Trench across the yard');
    await click(panel, 'tab', 'Cases');
    const out = await untilFound(panel, 'button', `Take case #${world.record.number} out of the project`);
    out.focus();
    out.click();
    await untilNoText(theirs, 'Trench across the yard');
    await untilText(theirs, 'There are no cases in this project.');
    await untilText(panel, 'There are no cases in this project.');
    // The row left with the button that had the focus.
    expect(panel.shadowRoot?.activeElement?.id).to.equal('tab-cases');
  });

  it('names a project, keeps what is refused, and makes a new one', async () => {
    const world = await aWorld();
    const panel = await aPanel(world);
    await click(panel, 'button', 'Rename');
    const name = await untilFound(panel, 'textbox', /^Name of the project/);
    type(name, ' ');
    await click(panel, 'button', 'Save');
    await waitUntil(() => name.getAttribute('aria-invalid') === 'true', 'an empty name was taken');
    type(name, 'Fibre, second half');
    await click(panel, 'button', 'Save');
    await waitUntil(
      () => textOf(panel.shadowRoot?.querySelector('h2') as Node) === 'Fibre, second half',
      'not renamed',
    );
    await click(panel, 'button', 'New project');
    type(await untilFound(panel, 'textbox', /^Name of the new project/), 'Another one');
    await click(panel, 'button', 'Save');
    await waitUntil(
      () => textOf(panel.shadowRoot?.querySelector('h2') as Node) === 'Another one',
      'not made',
    );
    expect(panel.projectId).not.to.equal(world.project.id);
  });

  it('turns the provider to a case that is chosen', async () => {
    const world = await aWorld();
    const panel = await aPanel(world);
    const chosen = nextEvent<CustomEvent<{ caseId: string }>>(panel, 'case-select');
    await click(panel, 'button', /Trench across the yard/);
    expect((await chosen).detail.caseId).to.equal(world.record.id);
  });
});

describe('shared-with', () => {
  afterEach(disposeClients);

  it('CU-15 lists projects and cases shared with a customer now, live, and only what the reader may know of', async () => {
    const world = await aWorld();
    const hidden = await world.client.projects.create({ name: 'Of Care alone', departmentId: 'dept_care' });
    await world.client.projects.share(hidden.id, { grantees: [QUIST] });
    const provider = await aProvider(
      { tenant: world.tenant, as: 'technician', width: 'wide' },
      html`<shared-with customer-id="cust_quist"></shared-with>`,
    );
    const element = provider.querySelector('shared-with') as HTMLElement;
    await untilText(element, 'No project is shared with them.');
    await world.client.projects.share(world.project.id, { grantees: [QUIST] });
    await untilText(element, 'Fibre for the mill');
    expect(textOf(element)).not.to.contain('Of Care alone');
    const record = await world.client.cases.create(aNewCase({ subject: 'Shared alone' }));
    await world.client.grants.add(record.id, { grantees: [QUIST], portalOnly: true });
    await untilText(element, 'Shared alone');
    const { items } = await world.client.projects.grants(world.project.id);
    await world.client.grants.remove(items[0]?.id ?? '');
    await untilNoText(element, 'Fibre for the mill');
    await untilText(element, 'No project is shared with them.');
  });
});
