import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import '../../components/case-form/case-form.js';
import type { CaseForm } from '../../components/case-form/case-form.element.js';
import { setCaseLocale } from '../../components/shared/localization.js';
import { expectAccessible } from './expect-accessible.js';
import { speakEnglish } from './localization-support.js';
import {
  type ProviderOptions,
  type TestTenant,
  aCase,
  aClient,
  aProvider,
  aTenant,
  deepFocus,
  disposeClients,
  everything,
  find,
  findAll,
  press,
  settled,
  textOf,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const used = (tags: readonly string[]) => aCase({ tags: [...tags] });

/** Three cases of "refund", two of "router", one of "rain". */
const someTags = () => [
  used(['refund', 'router']),
  used(['refund', 'router']),
  used(['refund']),
  used(['rain']),
  used([]),
];

/** A form with its field for tags, and what it asks for them. */
async function aForm(tenant: TestTenant, options: Partial<ProviderOptions> = {}) {
  const asked: URL[] = [];
  const answer = options.fetch ?? fetch;
  const provider = await aProvider(
    {
      tenant,
      ...options,
      fetch: (request) => {
        const url = new URL(request.url);
        if (url.pathname === '/v1/tags') asked.push(url);
        return answer(request);
      },
    },
    html`<case-form inline customer-id=${tenant.customers.aldermill}></case-form>`,
  );
  const form = provider.querySelector('case-form') as HTMLElement;
  const field = await untilFound<HTMLInputElement>(form, 'combobox', 'Tags');
  return { form, field, asked };
}

/** Types as a person does, without leaving the field. */
function write(field: HTMLInputElement, text: string): void {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

function paste(field: HTMLInputElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
  // Firefox takes no data of a page's own into the event.
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  field.dispatchEvent(event);
}

const options = (form: Element) =>
  everything(form)
    .filter((element) => element.matches('#tag-options [role=option]') && element.checkVisibility())
    .map((option) => textOf(option));
const chips = (form: Element) =>
  everything(form)
    .filter((element) => element.matches('.tags li'))
    .map((chip) => textOf(chip));
const activeOption = (field: HTMLInputElement) => {
  const id = field.getAttribute('aria-activedescendant');
  return id === null ? undefined : textOf((field.getRootNode() as ShadowRoot).getElementById(id) ?? field);
};

describe('the field for tags', () => {
  afterEach(async () => {
    disposeClients();
    await speakEnglish();
  });

  it('suggests the tags in use, the most used first, with on how many cases they are', async () => {
    const { form, field } = await aForm(await aTenant(someTags()));
    field.click();
    await waitUntil(() => options(form).length === 3, 'three tags are suggested');
    expect(options(form)).to.deep.equal(['refund 3 on 3 cases', 'router 2 on 2 cases', 'rain 1 on 1 case']);
    expect(field.getAttribute('aria-expanded')).to.equal('true');
    expect(field.getAttribute('aria-autocomplete')).to.equal('list');
    const list = (field.getRootNode() as ShadowRoot).getElementById(
      field.getAttribute('aria-controls') ?? '',
    );
    expect(list?.getAttribute('role')).to.equal('listbox');
    await untilText(form, '3 tags in use match.');
    write(field, 're');
    await waitUntil(() => options(form).join() === 'refund 3 on 3 cases,Add “re”');
    await untilText(form, '1 tag in use matches.');
  });

  it('asks once for what was typed in one go, with one request under way, and drops what comes late', async () => {
    const tenant = await aTenant(someTags());
    let under = 0;
    let most = 0;
    const releases: (() => void)[] = [];
    const { form, field, asked } = await aForm(tenant, {
      fetch: async (request) => {
        const url = new URL(request.url);
        if (url.pathname !== '/v1/tags') return fetch(request);
        most = Math.max(most, ++under);
        const over = () => under--;
        request.signal.addEventListener('abort', over, { once: true });
        const response = await fetch(request.url, { headers: request.headers });
        if (url.searchParams.get('q') === 'r') await new Promise<void>((resolve) => releases.push(resolve));
        if (!request.signal.aborted) over();
        return response;
      },
    });
    for (const text of ['x', 'xy', 'r']) write(field, text);
    await waitUntil(() => releases.length === 1, 'the first answer is held back');
    write(field, 'ra');
    await waitUntil(() => options(form).join() === 'rain 1 on 1 case,Add “ra”');
    for (const release of releases) release();
    await settled();
    expect(options(form)).to.deep.equal(['rain 1 on 1 case', 'Add “ra”']);
    expect(asked.map((url) => url.searchParams.get('q'))).to.deep.equal(['r', 'ra']);
    expect(most).to.equal(1);
  });

  it('is walked with arrows, Home and End, takes with Enter and closes with Escape', async () => {
    const { form, field } = await aForm(await aTenant(someTags()));
    field.focus();
    press('ArrowDown');
    await waitUntil(() => options(form).length === 3);
    if (!activeOption(field)) press('ArrowDown');
    await waitUntil(() => activeOption(field)?.startsWith('refund'));
    press('End');
    await waitUntil(() => activeOption(field)?.startsWith('rain'));
    press('ArrowDown');
    await waitUntil(() => activeOption(field)?.startsWith('refund'), 'the list goes round');
    press('ArrowUp');
    await waitUntil(() => activeOption(field)?.startsWith('rain'));
    press('Home');
    await waitUntil(() => activeOption(field)?.startsWith('refund'));
    expect(findAll(form, 'option').filter((option) => option.ariaSelected === 'true')).to.have.length(1);
    press('Enter');
    await waitUntil(() => chips(form).join() === 'refund');
    expect(deepFocus(), 'the focus stays in the field').to.equal(field);
    expect(field.getAttribute('aria-expanded')).to.equal('false');
    press('ArrowDown');
    await waitUntil(() => options(form).length === 2, 'what is chosen is not suggested');
    const escape = press('Escape');
    expect(escape.defaultPrevented, 'the dialog does not hear it').to.equal(true);
    await waitUntil(() => options(form).length === 0);
    expect(press('Escape').defaultPrevented).to.equal(false);
    expect(press('Home').defaultPrevented, 'the caret moves').to.equal(false);
  });

  it('takes an option that is pressed, and the new tag as an option of its own', async () => {
    const { form, field } = await aForm(await aTenant(someTags()));
    write(field, 'rou');
    const router = await untilFound(form, 'option', /^router/);
    expect(router.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }))).to.equal(
      false,
    );
    router.click();
    await waitUntil(() => chips(form).join() === 'router');
    write(field, 'brand new');
    (await untilFound(form, 'option', 'Add “brand new”')).click();
    await waitUntil(() => chips(form).join() === 'router,brand new');
    expect(field.value).to.equal('');
  });

  it('takes new tags with Enter, commas of any script and several pasted at once', async () => {
    const { form, field } = await aForm(await aTenant());
    write(field, ' first ');
    press('Enter', field);
    write(field, 'second,');
    write(field, 'ثالث،');
    paste(field, 'fourth, fifth\nsixth\tseventh\n');
    await waitUntil(() => chips(form).length === 7);
    expect(chips(form)).to.deep.equal(['first', 'second', 'ثالث', 'fourth', 'fifth', 'sixth', 'seventh']);
    expect(field.value).to.equal('');
  });

  it('adds what is typed when the field is left or the form is sent, so that nothing typed is lost', async () => {
    const { form, field } = await aForm(await aTenant());
    write(field, 'left');
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await waitUntil(() => chips(form).join() === 'left');
    write(field, 'sent');
    field.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'Enter',
        ctrlKey: true,
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
    await waitUntil(() => chips(form).join() === 'left,sent');
  });

  it('ignores a tag that is there already, whatever its capitals, and says so', async () => {
    const { form, field } = await aForm(await aTenant());
    write(field, 'vip,');
    write(field, 'VIP, refund, Vip');
    await untilText(form, 'Already added: VIP and Vip');
    expect(chips(form)).to.deep.equal(['vip', 'refund']);
    write(field, 'n');
    await untilNoText(form, 'Already added');
  });

  it('spells a tag as those who use it already', async () => {
    const { form, field } = await aForm(await aTenant(someTags()));
    write(field, 'REFUND');
    await waitUntil(() => options(form).join() === 'refund 3 on 3 cases');
    press('Enter', field);
    await waitUntil(() => chips(form).join() === 'refund');
  });

  it('tells at once when there are too many tags or one is too long', async () => {
    const tenant = await aTenant();
    const { limits } = (await tenant.clientFor('agent').session.get()).settings;
    const { form, field } = await aForm(tenant);
    write(field, `${'x'.repeat(limits.tag + 1)},`);
    await untilText(form, `Shorten this to ${limits.tag} characters.`);
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    expect(field.getAttribute('aria-describedby')).to.include('tags-error');
    press('Backspace', field);
    await untilNoText(form, 'Shorten this');
    paste(field, Array.from({ length: limits.tags + 1 }, (_, index) => `tag ${index}`).join(','));
    await untilText(form, `Keep no more than ${limits.tags}.`);
    expect(chips(form), 'nothing typed is thrown away').to.have.length(limits.tags + 1);
  });

  it('goes on without suggestions where they cannot be had', async () => {
    const { form, field, asked } = await aForm(await aTenant(someTags()), {
      fetch: (request) =>
        new URL(request.url).pathname === '/v1/tags'
          ? Promise.resolve(new Response('{}', { status: 403 }))
          : fetch(request),
    });
    write(field, 'refund');
    await untilText(form, 'Tags could not be suggested. Type the one you want.');
    expect(asked.length).to.be.at.least(1);
    expect(options(form)).to.deep.equal(['Add “refund”']);
    press('Enter', field);
    await waitUntil(() => chips(form).join() === 'refund');
    expect(find(form, 'alert')).to.equal(undefined);
  });

  it('suggests nothing that somebody else was suggested before', async () => {
    const { form, field } = await aForm(await aTenant(someTags()));
    field.click();
    await waitUntil(() => options(form).length === 3, 'three tags are suggested');
    const other = await aTenant([used(['harvest'])]);
    let asked = 0;
    let answer: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    (form as CaseForm).client = aClient(other.tokens.agent, async (request) => {
      if (new URL(request.url).pathname === '/v1/tags') {
        asked++;
        await held;
      }
      return fetch(request);
    });
    await waitUntil(() => find(form, 'combobox', 'Tags') !== undefined);
    await settled();
    const again = await untilFound<HTMLInputElement>(form, 'combobox', 'Tags');
    again.dispatchEvent(new FocusEvent('blur'));
    again.click();
    await waitUntil(() => asked > 0, 'the tags of the other one are asked for');
    expect(options(form)).to.deep.equal([]);
    answer?.();
    await waitUntil(() => options(form).join() === 'harvest 1 on 1 case', 'those of the other one');
  });

  it('shows its list where it would open below what the dialog shows', async () => {
    const tenant = await aTenant(Array.from({ length: 8 }, (_, index) => used([`tag ${index}`])));
    const provider = await aProvider(
      { tenant },
      html`<case-form customer-id=${tenant.customers.aldermill}></case-form>`,
    );
    const form = provider.querySelector('case-form') as HTMLElementTagNameMap['case-form'];
    form.open();
    const field = await untilFound<HTMLInputElement>(form, 'combobox', 'Tags');
    field.click();
    await waitUntil(() => options(form).length === 8);
    const list = form.shadowRoot?.getElementById('tag-options') as HTMLElement;
    const body = form.shadowRoot?.querySelector('.body') as HTMLElement;
    await waitUntil(
      () => list.getBoundingClientRect().bottom <= body.getBoundingClientRect().bottom + 1,
      'the list is in view',
    );
    expect(field.getBoundingClientRect().top).to.be.at.least(body.getBoundingClientRect().top);
    form.close();
  });

  it('suggests in the edit panel too', async () => {
    const tenant = await aTenant(someTags());
    const { items } = await tenant.clientFor('agent').cases.list({ tag: 'rain' });
    const provider = await aProvider({ tenant }, html`<case-edit-panel></case-edit-panel>`);
    const panel = provider.querySelector('case-edit-panel') as HTMLElementTagNameMap['case-edit-panel'];
    panel.open({ caseId: items[0]?.id ?? '', section: 'edit' });
    const field = await untilFound<HTMLInputElement>(panel, 'combobox', 'Tags');
    field.click();
    await waitUntil(() => options(panel).length === 2);
    press('ArrowDown', field);
    await waitUntil(() => activeOption(field)?.startsWith('refund'));
    press('Enter', field);
    await waitUntil(() => chips(panel).join() === 'rain,refund');
  });

  for (const look of ['light', 'dark'] as const)
    it(`is accessible with its list open, right to left and on a phone, ${look}`, async () => {
      await setCaseLocale('ar');
      const tenant = await aTenant(someTags());
      const provider = await aProvider(
        { tenant, theme: look, width: 'phone' },
        html`<case-form inline customer-id=${tenant.customers.aldermill}></case-form>`,
      );
      provider.dir = 'rtl';
      const form = provider.querySelector('case-form') as HTMLElement;
      const field = await untilFound<HTMLInputElement>(form, 'combobox', 'الوسوم');
      write(field, 're');
      await waitUntil(() => options(form).length === 2);
      press('ArrowDown', field);
      await waitUntil(() => activeOption(field));
      const list = await untilFound(form, 'option').then((option) => option.parentElement as HTMLElement);
      const box = list.getBoundingClientRect();
      const around = field.closest('.combobox')?.getBoundingClientRect();
      expect([box.left, box.right]).to.deep.equal([around?.left, around?.right]);
      await expectAccessible(form);
    });
});
