import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-list/case-list.js';
import { inside, patient } from '../support/find.js';
import { LongList } from '../support/long-list.js';
import { importedCases } from '../support/samples.js';

const length = 10_000;
const pageSize = 100;
const veryPatient = { timeout: 60_000, interval: 0 } as const;
const parts = [0.97, 0.9, 0.75, 0.6, 0.5, 0.4, 0.25, 0.1, 0.03, 0];

/**
 * A list of any length scrolls as a short one: cases are fetched as the end comes near, and of those that were fetched
 * only the rows near the screen are drawn.
 */
const meta: Meta = {
  title: 'Elements/case-list/Very many cases',
  component: 'case-list',
  // A page of documentation would make the cases once more.
  tags: ['!autodocs'],
  parameters: {
    layout: 'fullscreen',
    world: { cases: 'none', imported: importedCases(length), pageSize },
  },
  render: () =>
    html`<case-list
      style="display: block; block-size: min(640px, 100vh)"
      .filterState=${'sort=number'}
    ></case-list>`,
};
export default meta;

type Story = StoryObj;
type PlayFunctionContext = Parameters<NonNullable<Story['play']>>[0];

/**
 * From the first to the last and back, by scrolling and by keyboard.
 *
 * How long the frames took stands in the steps: it says more about the machine than about the list, so that nothing
 * depends on it.
 */
export const TenThousand: Story = {
  name: 'Ten thousand',
  play: async ({ canvasElement, step }) => {
    const words = await inside(canvasElement, 'case-list');
    const list = await LongList.of(canvasElement);

    await step('One page is fetched, and all are counted', async () => {
      await words.findByText('10,000 cases', {}, { timeout: 20_000 });
      await expect(list.placesDrawn).toEqual(upTo(pageSize));
    });

    await step('The next pages come as the end comes near', async () => {
      await waitFor(async () => {
        await list.scrollTo(1);
        await expect(list.rowCount).toBe(length);
      }, veryPatient);
      list.watch();
      await waitFor(async () => {
        await list.scrollTo(1);
        await expect(list.placesOnScreen.at(-1)).toBe(length);
      }, veryPatient);
      await expect(words.queryByRole('button', { name: /Show more|Loading/ })).toBeNull();
    });
    await isLight(list, step);

    await step('Up and down again: never a blank screen, and every row in its place', async () => {
      list.watch();
      for (const part of [...parts, ...parts.toReversed()]) {
        await list.scrollTo(part);
        await isInOrder(list);
        await list.scrollBy(part === 1 ? -240 : 240);
        await isInOrder(list);
      }
      await list.scrollTo(0);
      await expect(list.placesOnScreen[0]).toBe(1);
      await list.scrollTo(1);
      await expect(list.placesOnScreen.at(-1)).toBe(length);
    });
    await isLight(list, step);

    await step('Home, Page Down, Page Up and End go to rows that are not drawn yet', async () => {
      list.watch();
      list.wayInto(length).focus();
      await press(list, '{Home}', (place) => expect(place).toBe(1));
      await press(list, '{PageDown}', (place) => expect(place).toBeGreaterThan(3));
      await press(list, '{End}', (place) => expect(place).toBe(length));
      await press(list, '{PageUp}', (place) => expect(place).toBeLessThan(length - 2));
      await press(list, '{Home}{ArrowDown}{ArrowDown}', (place) => expect(place).toBe(3));
    });
    await isLight(list, step);

    await step('The row with the focus keeps it while it is scrolled away', async () => {
      const row = list.wayInto(3);
      for (const part of [0.4, 1, 0.7]) {
        await list.scrollTo(part);
        await expect(list.focused).toBe(row);
        await expect(list.placesOnScreen).not.toContain(3);
      }
      await press(list, '{ArrowDown}', (place) => expect(place).toBe(4));
    });
    await expect(words.getByText('10,000 cases')).toBeVisible();
  },
};

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Few rows in the page, however long the list; and not one pixel of the screen without a row. */
async function isLight(list: LongList, step: PlayFunctionContext['step']): Promise<void> {
  const { mostDrawn, mostBlank, pace } = list;
  console.info(`${length} rows: ${mostDrawn} drawn at most, ${pace}`);
  await step(`${mostDrawn} rows drawn at most, ${pace}`, async () => {
    await expect(mostDrawn).toBeLessThan(80);
    await expect(mostBlank).toBeLessThan(1);
  });
}

async function isInOrder(list: LongList): Promise<void> {
  const places = list.placesOnScreen;
  await expect(places).toEqual(places.map((_, index) => (places[0] ?? 0) + index));
  // As they were made: the subject of the first case ends in (1).
  await expect(list.subjectsOnScreen.map((subject) => Number(/\((\d+)\)$/.exec(subject)?.[1]))).toEqual(
    places,
  );
}

/** Where the focus stands after some keys, and that it stands on the screen. */
async function press(
  list: LongList,
  keys: string,
  check: (place: number) => Promise<void> | void,
): Promise<void> {
  await userEvent.keyboard(keys);
  await waitFor(() => check(list.placeOf(list.focused)), patient);
  await list.look();
  await expect(list.placesOnScreen).toContain(list.placeOf(list.focused));
}
