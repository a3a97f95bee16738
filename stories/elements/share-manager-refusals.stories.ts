import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent } from 'storybook/test';

import '../../components/case-provider/case-provider.js';
import '../../components/share-manager/share-manager.js';
import { inside, patient, type Inside } from '../support/find.js';
import { aCase, bakery } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { World } from '../support/world.js';

/** Why somebody cannot share, in their own words: each person of a story looks at the same case. */
const meta: Meta = {
  title: 'Elements/share-manager/Refusals',
  component: 'share-manager',
  parameters: { layout: 'fullscreen', withoutProvider: true },
};
export default meta;

type Story = StoryObj;

const about = 'Invoice came twice by post';
const names: Readonly<Record<string, string>> = {
  'nadia-brandt': 'Nadia Brandt of Billing',
  'jonas-lind': 'Jonas Lind of Technical support',
  'marisol-vega': 'Marisol Vega, who submitted the case',
  'daniel-vega': 'Daniel Vega, her co-worker',
};

/** The same case before the eyes of each of them. */
const asEach =
  (...people: readonly string[]) =>
  (_: unknown, { loaded }: { loaded: Record<string, unknown> }) => {
    const world = worldOf({ loaded });
    return html`<div
      style="display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 32px; padding: 24px"
    >
      ${people.map(
        (person) =>
          html`<case-provider .client=${world.as(person)}
            ><share-manager id=${person} heading=${names[person]} case-id=${world.caseId}></share-manager
          ></case-provider>`,
      )}
    </div>`;
  };

const managerOf = (canvasElement: HTMLElement, person: string): Promise<Inside> =>
  inside(canvasElement, `#${person}`);

async function reads(canvasElement: HTMLElement, person: string, text: string | RegExp): Promise<void> {
  const [found] = await (await managerOf(canvasElement, person)).findAllByText(text, {}, patient);
  await expect(found).toBeInTheDocument();
}

/** What is not switched on, or not offered in the portal, is offered to nobody. */
export const BySettings: Story = {
  name: 'DE-01 CU-25 Not switched on',
  parameters: {
    world: {
      cases: 'none',
      about,
      more: [aCase(bakery)],
      settings: {
        sharing: { departmentRoles: [], organisations: false },
        portal: { features: { share: false } },
      },
    },
  },
  render: asEach('nadia-brandt', 'marisol-vega'),
  play: async ({ canvasElement }) => {
    await reads(canvasElement, 'nadia-brandt', 'Sharing with departments is not switched on.');
    await reads(canvasElement, 'nadia-brandt', 'Sharing with organisations is not switched on.');
    await reads(
      canvasElement,
      'nadia-brandt',
      'Only Marisol Vega, who submitted this case, can add or remove co-workers.',
    );
    await reads(canvasElement, 'marisol-vega', 'Cases cannot be shared here.');
    const shared = await managerOf(canvasElement, 'marisol-vega');
    await expect(shared.queryByRole('combobox')).toBeNull();
  },
};

/** By role, by department and by side: an agent, a department that received the case, and a co-worker. */
export const ByRight: Story = {
  name: 'DE-14 DE-24 CO-06 Not theirs to share',
  parameters: {
    world: {
      cases: 'none',
      about,
      more: [aCase({ ...bakery, projectId: 'project_wickham' })],
      settings: { sharing: { departmentRoles: ['system-administrator'], organisations: true } },
      prepare: async (world: World) => {
        const { grants, projects } = world.as('ada-whitlock');
        await grants.add(world.caseId, {
          grantees: [
            { kind: 'department', id: 'technical', level: 'full' },
            { kind: 'customer', id: 'c-1018' },
          ],
          history: 'include',
        });
        await projects.share('project_wickham', {
          grantees: [{ kind: 'customer', id: 'c-1033' }],
          history: 'include',
        });
        await world.as('marisol-vega').grants.add(world.caseId, {
          grantees: [{ kind: 'person', id: 'daniel-vega' }],
          history: 'include',
        });
      },
    },
  },
  render: asEach('nadia-brandt', 'jonas-lind', 'daniel-vega'),
  play: async ({ canvasElement }) => {
    await reads(canvasElement, 'nadia-brandt', 'Your role may not share cases with other departments.');
    await reads(canvasElement, 'nadia-brandt', 'The whole project is shared: change it there.');
    const nadia = await managerOf(canvasElement, 'nadia-brandt');
    await userEvent.click(
      await nadia.findByRole('button', { name: 'Change the access of Eleanor Finch' }, patient),
    );
    await reads(
      canvasElement,
      'nadia-brandt',
      'Only a system administrator can change what customers may do.',
    );
    await reads(canvasElement, 'jonas-lind', 'Your department received this case and cannot share it on.');
    await reads(canvasElement, 'jonas-lind', 'Your department received this case and cannot end a share.');
    await reads(canvasElement, 'daniel-vega', 'Only agents can share this further.');
    await reads(canvasElement, 'daniel-vega', /^Only Marisol Vega, who submitted this case/);
  },
};

/** The case of a department that Jonas works on by himself, and one that belongs to no department. */
export const WithoutDepartment: Story = {
  name: 'DE-18 No department of theirs',
  parameters: {
    world: {
      cases: 'none',
      about,
      more: [
        aCase({ ...bakery, assigneeId: 'jonas-lind' }),
        (({ departmentId: _, ...rest }) => rest)(aCase({ ...bakery, subject: 'Nobody took this yet' })),
      ],
      settings: { sharing: { departmentRoles: ['customer-service'] } },
    },
  },
  render: asEach('jonas-lind', 'nadia-brandt'),
  play: async ({ canvasElement, loaded }) => {
    const free = await worldOf({ loaded }).caseNamed('Nobody took this yet');
    canvasElement.querySelector('#nadia-brandt')?.setAttribute('case-id', free.id);
    await reads(
      canvasElement,
      'jonas-lind',
      'Only the department the case belongs to can share it with others.',
    );
    await reads(canvasElement, 'nadia-brandt', 'The case belongs to no department that could share it.');
  },
};
