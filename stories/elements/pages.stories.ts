import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import '../../components/case-list/case-list.js';
import type { CaseProvider } from '../../components/case-provider/case-provider.element.js';
import { inside, patient } from '../support/find.js';
import { worldOf } from '../support/story.js';

/** Elements put together, as a host's pages do. */
const meta: Meta = {
  title: 'Pages/Cases',
  parameters: { layout: 'fullscreen', docs: { story: { height: '720px' } } },
  tags: ['!autodocs'],
};
export default meta;

type Story = StoryObj;

/** List beside detail: a choice in one is shown in the other, since both stand in one provider. */
export const ListBesideDetail: Story = {
  render: () =>
    html`<div
      style="display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 16px; padding: 16px; block-size: 100vh; box-sizing: border-box"
    >
      <case-list style="overflow: auto; border: 1px solid var(--page-line); border-radius: 10px"></case-list>
      <case-detail
        style="overflow: auto; border: 1px solid var(--page-line); border-radius: 10px"
      ></case-detail>
    </div>`,
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    const detail = await inside(canvasElement, 'case-detail');
    await userEvent.click(await list.findByText('Charged twice in October', {}, patient));
    await expect(
      await detail.findByRole('heading', { name: /Charged twice in October/ }, patient),
    ).toBeVisible();
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await history.findByText(/the card was charged twice by mistake/, {}, patient);
    // What scrolls can be reached by keyboard, once it is known to scroll.
    await waitFor(() => expect(history.getByRole('region')).toHaveAttribute('tabindex', '0'));
  },
};

/** The pseudo-locale: what stays plain is not translated, what lacks its bracket has no room. */
export const LongerWords: Story = {
  globals: { locale: 'en-XA' },
  render: (...given) => ListBesideDetail.render?.(...given) ?? html``,
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByRole('button', { name: /^\[Åðð çåšé~+\]$/ }, patient);
  },
};

/** The longest words of the languages that come with the elements. */
export const InGerman: Story = {
  globals: { locale: 'de' },
  render: (...given) => ListBesideDetail.render?.(...given) ?? html``,
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByRole('button', { name: 'Vorgang hinzufügen' }, patient);
  },
};

/** The widget in a column of an account page. */
export const AccountPage: Story = {
  render: () =>
    html`<div
      style="display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 20px; padding: 20px; align-items: start"
    >
      <section style="border: 1px solid var(--page-line); border-radius: 10px; padding: 18px">
        <h2 style="margin: 0 0 12px">Eleanor Finch</h2>
        <p style="margin: 0; color: var(--page-muted)">
          Home 500 and television · Active since 12 March 2023
        </p>
      </section>
      <case-list
        compact
        customer-id="c-1018"
        style="border: 1px solid var(--page-line); border-radius: 10px"
      ></case-list>
    </div>`,
};

/** Without client, token or address the provider says what it needs, and the elements inside show nothing. */
export const ProviderWithoutClient: Story = {
  parameters: { withoutProvider: true, layout: 'padded' },
  render: () =>
    html`<p role="status"></p>
      <case-provider
        @config-error=${({ target, detail }: CustomEvent<{ message: string }>) => {
          const status = (target as Element).previousElementSibling;
          if (status) status.textContent = detail.message;
        }}
        ><case-list></case-list
      ></case-provider>`,
  play: async ({ canvas }) => {
    await canvas.findByText('<case-provider> needs a client, getToken or token-url.');
  },
};

/** Signing out forgets what was shown, at once and everywhere. */
export const SignedOut: Story = {
  render: () => html`<case-list></case-list>`,
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Charged twice in October', {}, patient);
    await (canvasElement.querySelector('case-provider') as CaseProvider).logout();
    await waitFor(() => expect(list.queryByText('Charged twice in October')).toBeNull(), patient);
  },
};

/** The line breaks while a case is read: it stays, and what is typed waits. */
export const ConnectionLost: Story = {
  parameters: { world: { about: 'Charged twice in October' } },
  render: (_, { loaded }) => html`<case-detail case-id=${worldOf({ loaded }).caseId}></case-detail>`,
  play: async ({ canvasElement, loaded }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText('Charged twice in October', {}, patient);
    worldOf({ loaded }).line.set({ trouble: 'offline' });
    const composer = await inside(canvasElement, 'case-detail', 'note-composer');
    await userEvent.type(await composer.findByRole('textbox', {}, patient), 'Written without a line.');
    await userEvent.selectOptions(composer.getByRole('combobox'), 'follow-up');
    await userEvent.click(composer.getByRole('button', { name: 'Add internal note' }));
    await composer.findByRole('alert', {}, { timeout: 15_000 });
    await expect(composer.getByRole('textbox')).toHaveValue('Written without a line.');
  },
};
