import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-settings/case-settings.js';
import type { CaseSettings } from '../../components/case-settings/case-settings.element.js';
import { inside, patient, renew, retype, shadowOf, type Inside } from '../support/find.js';
import { worldOf } from '../support/story.js';

/** For administrators: the lists to choose from, what a new case must say, and the switches. */
const meta: Meta = {
  title: 'Elements/case-settings',
  component: 'case-settings',
  globals: { person: 'ada-whitlock' },
  parameters: { layout: 'fullscreen', docs: { story: { height: '720px' } } },
  render: () =>
    html`<case-settings style="display: block; max-inline-size: 960px; margin-inline: auto"></case-settings>`,
};
export default meta;

type Story = StoryObj;

async function settingsIn(canvasElement: HTMLElement): Promise<Inside> {
  const settings = await inside(canvasElement, 'case-settings');
  await settings.findByText('What a case is about.', {}, patient);
  return settings;
}

async function part(settings: Inside, name: RegExp): Promise<void> {
  await userEvent.click(settings.getByRole('tab', { name }));
}

async function renameFirst(settings: Inside): Promise<void> {
  await retype(settings.getByLabelText('Name of value 1'), 'Invoices and payments');
}

const settingsDraft = { caseId: null, kind: 'settings' } as const;

export const Default: Story = {
  play: async ({ canvasElement }) => {
    await settingsIn(canvasElement);
  },
};

/** Whatever was changed is named at the foot and marked beside its part; one button sends all of it. */
export const Changed: Story = {
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await renameFirst(settings);
    await userEvent.click(settings.getByRole('button', { name: 'Move Complaint up' }));
    await settings.findByText('Not saved yet: Case types', {}, patient);
  },
};

/** A stored value is retired instead of deleted, for cases may name it. */
export const Retired: Story = {
  name: 'CC-08 Retired value',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await userEvent.click(settings.getByRole('button', { name: 'Retire Complaint' }));
    await settings.findByRole('button', { name: 'Bring back Complaint' }, patient);
  },
};

/** What can be told without a request is told under the value it is about. */
export const Refused: Story = {
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await retype(settings.getByLabelText('Name of value 1'), ' ');
    await retype(settings.getByLabelText('Name of value 3'), 'Complaint');
    await userEvent.click(settings.getByRole('button', { name: 'Save settings' }));
    await settings.findByText('Enter a name.', {}, patient);
  },
};

export const RequiredFields: Story = {
  name: 'CC-27 Mandatory fields',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Mandatory fields/);
    await expect(settings.getByLabelText('Subject')).toBeChecked();
  },
};

/** The default points at a retired value: the field is empty and says why. */
export const RetiredDefault: Story = {
  name: 'CC-28 Retired default',
  parameters: {
    world: {
      settings: {
        defaultPriority: 'normal',
        priorities: [
          { id: 'high', label: 'High' },
          { id: 'normal', label: 'Normal', retired: true },
          { id: 'low', label: 'Low' },
        ],
      },
    },
  },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Priorities/);
    await expect(settings.getByLabelText('Priority of a new case')).toHaveValue('');
  },
};

export const Switches: Story = {
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Portal and deadlines/);
  },
};

/** Somebody else saved first: what only they changed is taken over, what both changed is put side by side. */
export const Conflict: Story = {
  name: 'E-CONF Conflict',
  globals: { trouble: 'not-live' },
  play: async ({ canvasElement, loaded }) => {
    const settings = await settingsIn(canvasElement);
    await renameFirst(settings);
    const other = worldOf({ loaded }).as('ada-whitlock');
    const { version, caseTypes } = await other.settings.get();
    await other.settings.update(
      { caseTypes: [...caseTypes, { id: 'outage', label: 'Outage' }], reopenOnCustomerReply: true },
      { version },
    );
    await userEvent.click(settings.getByRole('button', { name: 'Save settings' }));
    await settings.findByText('Keep mine:', {}, patient);
  },
};

/** What was typed before a reload is back, with a way to throw it away. */
export const DraftRestored: Story = {
  play: async ({ canvasElement, loaded }) => {
    const { drafts } = worldOf({ loaded }).client;
    await renameFirst(await settingsIn(canvasElement));
    await waitFor(
      async () => expect(JSON.stringify(await drafts.load(settingsDraft))).toContain('and payments'),
      patient,
    );
    renew(canvasElement.querySelector('case-settings') as CaseSettings);
    const settings = await inside(canvasElement, 'case-settings');
    await settings.findByText('What you typed earlier is back.', {}, patient);
  },
};

/** Escape asks before what is typed is lost. */
export const DiscardQuestion: Story = {
  name: 'Discard?',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await renameFirst(settings);
    await userEvent.keyboard('{Escape}');
    await expect(await settings.findByText('Discard what you typed?')).toBeVisible();
  },
};

/** Who changed what, and when. */
export const Changes: Story = {
  parameters: {
    world: {
      settings: { reopenOnCustomerReply: true, requiredFields: { newCase: ['subject', 'tags'] } },
    },
  },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Changes/);
    await settings.findByText(/Mandatory now: Tags/, {}, patient);
  },
};

/** Whoever may not change the settings reads them, and why. */
export const ReadOnly: Story = {
  name: 'E-FORB Read only',
  globals: { person: 'nadia-brandt' },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await expect(settings.getByText(/Only a system administrator/)).toBeVisible();
    await expect(settings.queryByRole('button', { name: 'Save settings' })).toBeNull();
  },
};

export const Loading: Story = {
  globals: { latency: 'forever' },
  play: async ({ canvasElement }) => {
    const root = await shadowOf(canvasElement, 'case-settings');
    await waitFor(() => expect(root.querySelector('.skeleton')).toBeVisible(), patient);
  },
};

export const Failed: Story = {
  globals: { trouble: 'failing' },
  play: async ({ canvasElement }) => {
    const settings = await inside(canvasElement, 'case-settings');
    await settings.findByRole('button', { name: 'Try again' }, patient);
  },
};

/** Where there is no room for tabs, a list to choose from takes their place. */
export const OnAPhone: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await userEvent.selectOptions(settings.getByLabelText('Part'), 'dueTypes');
    await settings.findByRole('button', { name: 'Add due type' });
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};
