import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import '../../components/case-list/case-list.js';
import { inside, patient, shadowOf } from '../support/find.js';
import { worldOf } from '../support/story.js';

const subject = 'Charged twice in October';

/** What the line does to a page: slow, cut, back again; and a sign-in that ends while somebody works. */
const meta: Meta = {
  title: 'Pages/Connection',
  parameters: { layout: 'fullscreen', world: { about: subject } },
  tags: ['!autodocs'],
  render: (_, { loaded }) =>
    html`<div
      style="display: grid; grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr)); gap: 16px; padding: 16px; align-items: start"
    >
      <case-list
        compact
        customer-id="c-1018"
        style="border: 1px solid var(--page-line); border-radius: 10px"
      ></case-list>
      <case-detail case-id=${worldOf({ loaded }).caseId}></case-detail>
    </div>`,
};
export default meta;

type Story = StoryObj;

// Long enough for a stream to give up and come back a few times.
const reconnecting = { timeout: 30_000 } as const;

/** Whether changes arrive is said in words below the list, at once and again when they do. */
export const LostAndBack: Story = {
  name: 'Live, not live, live again',
  play: async ({ canvasElement, loaded, step }) => {
    const widget = await inside(canvasElement, 'case-list');
    const world = worldOf({ loaded });
    await step('Live', async () => {
      await expect(await widget.findByText('Live', {}, patient)).toBeVisible();
    });
    await step('The stream is cut: not live, and the cases stay', async () => {
      world.line.set({ trouble: 'not-live' });
      await expect(await widget.findByText('Not live', {}, reconnecting)).toBeVisible();
      await expect(widget.getByText(subject)).toBeVisible();
    });
    await step('It comes back: what happened meanwhile is there', async () => {
      await world.as('nadia-brandt').cases.create({
        customerId: 'c-1018',
        subject: 'Came while the line was cut',
        description: 'Nobody told this page.',
        type: 'question',
        contactMethod: 'chat',
      });
      world.line.set({ trouble: 'none' });
      await expect(await widget.findByText('Live', {}, reconnecting)).toBeVisible();
      await expect(await widget.findByText('Came while the line was cut', {}, patient)).toBeVisible();
    });
  },
};

/** Everything else has come; the stream is still being asked for. */
export const Connecting: Story = {
  play: async ({ canvasElement, loaded }) => {
    const widget = await inside(canvasElement, 'case-list');
    const { line } = worldOf({ loaded });
    await expect(await widget.findByText(subject, {}, patient)).toBeVisible();
    await widget.findByText('Live', {}, patient);
    line.set({ trouble: 'not-live' });
    line.set({ trouble: 'none', latency: 'forever' });
    await expect(await widget.findByText('Connecting…', {}, reconnecting)).toBeVisible();
    await expect(widget.getByText(subject)).toBeVisible();
  },
};

/** Every answer takes two seconds: the shape of what will come, then it. */
export const SlowLoad: Story = {
  globals: { latency: 'slow' },
  play: async ({ canvasElement }) => {
    const widget = await inside(canvasElement, 'case-list');
    const detail = await inside(canvasElement, 'case-detail');
    await widget.findByText('Loading cases…', {}, patient);
    await detail.findByText('Loading the case…', {}, patient);
    const root = await shadowOf(canvasElement, 'case-detail');
    await waitFor(() => expect(root.querySelector('[part=loading] .skeleton')).toBeVisible());
    await expect(await widget.findByText(subject, {}, reconnecting)).toBeVisible();
    await expect(await detail.findByText(subject, {}, reconnecting)).toBeVisible();
    await expect(widget.queryByText('Loading cases…')).toBeNull();
  },
};

/** The sign-in ends while a note is written: said in words, nothing typed is lost, and it is sent after signing in. */
export const SessionEnds: Story = {
  name: 'E-AUTH The sign-in ends while a note is written',
  play: async ({ canvasElement, loaded, step }) => {
    const world = worldOf({ loaded });
    const composer = await inside(canvasElement, 'case-detail', 'note-composer');
    const text = await composer.findByRole('textbox', {}, patient);
    await userEvent.type(text, 'The bank has answered.');
    await userEvent.selectOptions(composer.getByRole('combobox'), 'follow-up');
    await step('Sending is refused, and the words stay', async () => {
      world.line.set({ trouble: 'signed-out' });
      await userEvent.click(composer.getByRole('button', { name: 'Add internal note' }));
      await expect(
        await composer.findByText('You are signed out. Sign in again to go on.', { exact: false }, patient),
      ).toBeVisible();
      await expect(text).toHaveValue('The bank has answered.');
    });
    await step('Signed in again, it is sent once', async () => {
      world.line.set({ trouble: 'none' });
      await userEvent.click(composer.getByRole('button', { name: 'Try again' }));
      await composer.findAllByText('Internal note added.', {}, patient);
      const { items } = await world.as('nadia-brandt').notes.list(world.caseId);
      await expect(items.filter((note) => note.text === 'The bank has answered.')).toHaveLength(1);
    });
  },
};
