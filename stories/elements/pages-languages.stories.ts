import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import '../../components/case-edit-panel/case-edit-panel.js';
import type { CaseEditPanel } from '../../components/case-edit-panel/case-edit-panel.element.js';
import '../../components/case-form/case-form.js';
import '../../components/case-list/case-list.js';
import '../../components/case-settings/case-settings.js';
import { messages as arabic } from '../../components/shared/locales/ar.js';
import { messages as german } from '../../components/shared/locales/de.js';
import { messages as pseudo } from '../../components/shared/locales/en-XA.js';
import { inside, patient } from '../support/find.js';
import { aCase, closure, inDays, long } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { WorldOptions } from '../support/world.js';

/**
 * Each element in German with its long words, in Arabic from right to left, and in the pseudo-locale, whose words are
 * longer still and bracketed: what stands there without brackets is not translated, what lacks one is cut off.
 *
 * All on a small phone, where words have the least room.
 */
const meta: Meta = {
  title: 'Pages/Languages',
  parameters: { layout: 'fullscreen' },
  globals: { viewport: { value: 'small', isRotated: false } },
  tags: ['!autodocs'],
};
export default meta;

type Story = StoryObj;
const catalogues = { de: german, ar: arabic, 'en-XA': pseudo };
type Locale = keyof typeof catalogues;

const world: WorldOptions = {
  cases: 'none',
  about: long.subject,
  more: [
    aCase({
      subject: long.subject,
      description: long.description,
      tags: long.tags,
      priority: 'high',
      deadline: inDays(-12),
    }),
    aCase({ subject: 'انقطاع الإنترنت في مبنى العيادة الخارجية منذ صباح اليوم', deadline: inDays(2) }),
    aCase({ subject: 'Moved out in spring', entries: [closure] }),
  ],
};

/** Nothing scrolls sideways, and the page is written in the direction of its language. */
async function fits(locale: Locale, element: Element | null): Promise<void> {
  await waitFor(() =>
    expect(getComputedStyle(element as Element).direction).toBe(locale === 'ar' ? 'rtl' : 'ltr'),
  );
  await waitFor(() => expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth));
}

function listIn(locale: Locale): Story {
  const words = catalogues[locale];
  return {
    globals: { locale },
    parameters: { world },
    render: () => html`<case-list></case-list>`,
    play: async ({ canvasElement }) => {
      const list = await inside(canvasElement, 'case-list');
      await expect(await list.findByText(long.subject, {}, patient)).toBeVisible();
      await expect(await list.findByRole('button', { name: words['case-list.add'] }, patient)).toBeVisible();
      await expect(list.getByText(words['status.closed'])).toBeVisible();
      await fits(locale, canvasElement.querySelector('case-list'));
    },
  };
}

function detailIn(locale: Locale): Story {
  const words = catalogues[locale];
  return {
    globals: { locale },
    parameters: { world },
    render: (_, { loaded }) => html`<case-detail case-id=${worldOf({ loaded }).caseId}></case-detail>`,
    play: async ({ canvasElement }) => {
      const detail = await inside(canvasElement, 'case-detail');
      await expect(await detail.findByText(long.subject, {}, patient)).toBeVisible();
      await expect(
        await detail.findByRole('button', { name: words['case-detail.corner.edit'] }, patient),
      ).toBeVisible();
      const history = await inside(canvasElement, 'case-detail', 'case-timeline');
      await expect(
        await history.findByRole('button', { name: words['case-timeline.filter.changes'] }, patient),
      ).toBeVisible();
      await fits(locale, canvasElement.querySelector('case-detail'));
    },
  };
}

function panelIn(locale: Locale): Story {
  const words = catalogues[locale];
  return {
    globals: { locale },
    parameters: { world },
    render: () => html`<case-edit-panel></case-edit-panel>`,
    play: async ({ canvasElement, loaded }) => {
      const element = canvasElement.querySelector('case-edit-panel') as CaseEditPanel;
      element.open({ caseId: worldOf({ loaded }).caseId, section: 'edit' });
      const panel = await inside(canvasElement, 'case-edit-panel');
      await expect(
        await panel.findByRole('button', { name: words['panel.edit.save'] }, patient),
      ).toBeVisible();
      await fits(locale, element);
    },
  };
}

/** With what is missing said at each field. */
function formIn(locale: Locale): Story {
  const words = catalogues[locale];
  return {
    globals: { locale },
    parameters: { world },
    render: () => html`<case-form inline customer-id="c-1018"></case-form>`,
    play: async ({ canvasElement }) => {
      const form = await inside(canvasElement, 'case-form');
      await userEvent.click(await form.findByRole('button', { name: words['action.save'] }, patient));
      await expect(await form.findByText(words['field.required.subject'], {}, patient)).toBeVisible();
      await fits(locale, canvasElement.querySelector('case-form'));
    },
  };
}

function settingsIn(locale: Locale): Story {
  const words = catalogues[locale];
  return {
    globals: { locale, person: 'ada-whitlock' },
    render: () => html`<case-settings></case-settings>`,
    play: async ({ canvasElement }) => {
      const settings = await inside(canvasElement, 'case-settings');
      await expect(
        await settings.findByRole('combobox', { name: words['settings.part'] }, patient),
      ).toBeVisible();
      await fits(locale, canvasElement.querySelector('case-settings'));
    },
  };
}

export const ListInGerman = listIn('de');
export const ListInArabic = listIn('ar');
export const ListInLongerWords = listIn('en-XA');
export const DetailInGerman = detailIn('de');
export const DetailInArabic = detailIn('ar');
export const DetailInLongerWords = detailIn('en-XA');
export const PanelInGerman = panelIn('de');
export const PanelInArabic = panelIn('ar');
export const PanelInLongerWords = panelIn('en-XA');
export const FormInGerman = formIn('de');
export const FormInArabic = formIn('ar');
export const FormInLongerWords = formIn('en-XA');
export const SettingsInGerman = settingsIn('de');
export const SettingsInArabic = settingsIn('ar');
export const SettingsInLongerWords = settingsIn('en-XA');
