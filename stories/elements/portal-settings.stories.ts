import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/portal-settings/portal-settings.js';
import { inside, patient, retype, shadowOf, type Inside } from '../support/find.js';
import { worldOf } from '../support/story.js';

/** For administrators: what customers see in the portal, who shares with whom, what is hidden, and who is told. */
const meta: Meta = {
  title: 'Elements/portal-settings',
  component: 'portal-settings',
  globals: { person: 'ada-whitlock' },
  parameters: { layout: 'fullscreen', docs: { story: { height: '760px' } } },
  render: () =>
    html`<portal-settings
      style="display: block; max-inline-size: 960px; margin-inline: auto"
    ></portal-settings>`,
};
export default meta;

type Story = StoryObj;

async function settingsIn(canvasElement: HTMLElement): Promise<Inside> {
  const settings = await inside(canvasElement, 'portal-settings');
  await settings.findByText('What comes of it', {}, patient);
  return settings;
}

async function part(settings: Inside, name: RegExp): Promise<void> {
  await userEvent.click(settings.getByRole('tab', { name }));
}

/** What customers see, with what comes of it in plain sentences. */
export const Default: Story = {
  name: 'CU-20 What customers see',
  play: async ({ canvasElement }) => {
    await settingsIn(canvasElement);
  },
};

/** A change by which others would see more says what exactly, before anything is sent. */
export const WidensAsks: Story = {
  name: 'CU-22 Asks before it shows more',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await userEvent.click(settings.getByLabelText('All cases of their organisation'));
    await userEvent.click(settings.getByRole('button', { name: 'Save settings' }));
    await expect(await settings.findByText('Others will see more than before:')).toBeVisible();
  },
};

/** The portal is closed: customers see nothing. */
export const Closed: Story = {
  name: 'CU-21 Closed portal',
  parameters: { world: { settings: { portalScope: 'none' } } },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await expect(settings.getByText('Customers see no cases, and cannot submit any.')).toBeVisible();
  },
};

/** What is not ticked is named among what customers may not do and do not see. */
export const FewFields: Story = {
  name: 'CU-25 CU-26 Features and fields',
  parameters: {
    world: {
      settings: { portal: { features: { attach: false, share: false }, fields: ['type', 'deadline'] } },
    },
  },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await expect(settings.getByText(/They may not: Attach files/)).toBeVisible();
  },
};

/** Who shares with departments, at which levels, and what co-workers may do. */
export const Sharing: Story = {
  name: 'DE-01 DE-20 Sharing',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Sharing/);
    await settings.findByRole('table', {}, patient);
  },
};

/** What departments below the full level do not see. */
export const HiddenFields: Story = {
  name: 'DE-12 Hidden fields',
  parameters: {
    world: {
      settings: { sharing: { masks: { department: { restricted: ['customer', 'contactMethod'] } } } },
    },
  },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Hidden fields/);
    await expect(settings.getByLabelText('Hide Customer at the level Restricted')).toBeChecked();
  },
};

/** Which departments are told of what. */
export const Notices: Story = {
  name: 'DE-31 Notices',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Notices/);
    await settings.findByRole('table', {}, patient);
  },
};

/** Words of one's own, with how they will look as plain text and as HTML. */
export const Template: Story = {
  name: 'DE-33 Own words',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Notices/);
    await userEvent.click(settings.getByRole('button', { name: 'Write own words' }));
    const [subject] = await settings.findAllByText(
      '#2291 Charged twice in February',
      { selector: 'section:first-child .letter-subject' },
      patient,
    );
    await expect(subject).toBeVisible();
  },
};

/** A placeholder that there is not is refused before anything is sent. */
export const TemplateRefused: Story = {
  name: 'DE-33 Unknown placeholder',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Notices/);
    await userEvent.click(settings.getByRole('button', { name: 'Write own words' }));
    // Braces are keys of the typing here: doubled, they are themselves.
    await retype(settings.getByLabelText(/^Subject/), 'Case {{{{case.colour}}');
    await userEvent.click(settings.getByRole('button', { name: 'Save settings' }));
    await settings.findByText(/There is no placeholder/, {}, patient);
  },
};

/** Somebody else saved first: what only they changed is taken over, what both changed is put side by side. */
export const Conflict: Story = {
  name: 'E-CONF Conflict',
  globals: { trouble: 'not-live' },
  play: async ({ canvasElement, loaded }) => {
    const settings = await settingsIn(canvasElement);
    await userEvent.click(settings.getByLabelText('Priority'));
    const other = worldOf({ loaded }).as('ada-whitlock');
    const { version, portal } = await other.settings.get();
    await other.settings.update(
      {
        portal: {
          fields: (portal?.fields ?? []).filter((name) => name !== 'tags') as never,
          scope: ['own', 'customer'],
        },
      },
      { version },
    );
    await userEvent.click(settings.getByRole('button', { name: 'Save settings' }));
    await settings.findByText('Keep mine:', {}, patient);
  },
};

/** Whoever may not change the portal reads why, and nothing of it. */
export const Refused: Story = {
  name: 'E-FORB CU-20 Not an administrator',
  globals: { person: 'nadia-brandt' },
  play: async ({ canvasElement }) => {
    const settings = await inside(canvasElement, 'portal-settings');
    await settings.findByText(/Only a system administrator/, {}, patient);
    await expect(settings.queryByRole('button', { name: 'Save settings' })).toBeNull();
  },
};

export const Loading: Story = {
  globals: { latency: 'forever' },
  play: async ({ canvasElement }) => {
    const root = await shadowOf(canvasElement, 'portal-settings');
    await waitFor(() => expect(root.querySelector('.skeleton')).toBeVisible(), patient);
  },
};

export const Failed: Story = {
  globals: { trouble: 'failing' },
  play: async ({ canvasElement }) => {
    const settings = await inside(canvasElement, 'portal-settings');
    await settings.findByRole('button', { name: 'Try again' }, patient);
  },
};

export const Dark: Story = { ...Template, name: 'Dark', globals: { theme: 'dark' } };

export const RightToLeft: Story = {
  name: 'Right to left',
  globals: { locale: 'ar' },
  play: async ({ canvasElement }) => {
    const settings = await inside(canvasElement, 'portal-settings');
    await settings.findByText('ما ينتج عن ذلك', {}, patient);
  },
};

/** Where there is no room for tabs, a list to choose from takes their place. */
export const OnAPhone: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await userEvent.selectOptions(settings.getByLabelText('Part'), 'masks');
    await settings.findByRole('table');
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};
