import { expect } from '@open-wc/testing';

import { createCasePlugin, type CasePlugin } from '../../components/plugin/create-case-plugin.js';
import { isConfigError, type ConfigError } from '../../src/errors.js';
import {
  aCase,
  aTenant,
  everything,
  find,
  nextEvent,
  textOf,
  type,
  untilFound,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

let place: HTMLElement;
const plugins: CasePlugin[] = [];

function aPlugin(tenant: TestTenant, more: Partial<Parameters<typeof createCasePlugin>[0]> = {}): CasePlugin {
  const plugin = createCasePlugin({
    baseUrl: location.origin,
    getToken: () => tenant.tokens.agent,
    ...more,
  });
  plugins.push(plugin);
  return plugin;
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(isConfigError(error), String(error)).to.equal(true);
    return (error as ConfigError).code;
  }
  return 'nothing was thrown';
}

async function draftsKept(): Promise<number> {
  // Opening it would make one without a place for drafts.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'casement')) return 0;
  const opening = indexedDB.open('casement');
  await new Promise((resolve) => opening.addEventListener('success', resolve));
  const database = opening.result;
  if (!database.objectStoreNames.contains('drafts')) return 0;
  const counting = database.transaction('drafts').objectStore('drafts').count();
  await new Promise((resolve) => counting.addEventListener('success', resolve));
  database.close();
  return counting.result;
}

describe('createCasePlugin', () => {
  beforeEach(() => {
    place = document.body.appendChild(document.createElement('main'));
  });
  afterEach(() => {
    for (const plugin of plugins.splice(0)) plugin.destroy();
    place.remove();
  });

  it('mounts an element with its properties, changes them, and takes it away', async () => {
    const tenant = await aTenant([
      aCase(),
      aCase({ subject: 'The modem is silent', customerId: 'acc_northbank' }),
    ]);
    const list = aPlugin(tenant).create('case-list', { filterState: 'q=modem' }).mount(place);
    await untilText(place, 'The modem is silent');
    list.update({ filterState: 'q=charged' });
    await untilText(place, 'Charged twice in October');
    list.destroy();
    expect(place.childElementCount).to.equal(0);
  });

  it('sends the events of the element, and lets one element follow the choice in another', async () => {
    const tenant = await aTenant([aCase()]);
    const plugin = aPlugin(tenant);
    const left = place.appendChild(document.createElement('div'));
    const right = place.appendChild(document.createElement('div'));
    const list = plugin.create('case-list').mount(left);
    plugin.create('case-detail').mount(right);
    const chosen = nextEvent<CustomEvent<{ caseId: string }>>(list.element, 'case-select');
    (await untilFound(left, 'button', /^Charged twice in October/)).click();
    const { items } = await plugin.client.cases.list();
    expect((await chosen).detail.caseId).to.equal(items[0]?.id);
    await untilText(right, 'Two debits of the same amount.');
  });

  it('asks for one token however many elements are mounted', async () => {
    const tenant = await aTenant([aCase()]);
    let asked = 0;
    const getToken = () => {
      asked += 1;
      return tenant.tokens.agent;
    };
    const plugin = aPlugin(tenant, { getToken });
    for (let count = 0; count < 3; count++) plugin.create('case-list').mount(place);
    await waitUntil(() => textOf(place).split('Charged twice in October').length > 3, 'three lists');
    expect(asked).to.equal(1);
  });

  it('looks and speaks as it is told, now and later', async () => {
    const plugin = aPlugin(await aTenant([aCase()]), {
      appearance: { theme: 'dark', variables: { accent: 'rgb(1, 2, 3)', surfaceSunken: 'rgb(4, 5, 6)' } },
      locale: 'en-GB',
    });
    const { element } = plugin.create('case-list').mount(place);
    const style = getComputedStyle(element);
    await waitUntil(() => style.getPropertyValue('--case-accent') === 'rgb(1, 2, 3)', 'the accent');
    expect(style.getPropertyValue('--case-surface-sunken')).to.equal('rgb(4, 5, 6)');
    await waitUntil(() => style.colorScheme === 'dark');
    plugin.update({ appearance: { theme: 'light', variables: { radius: '2px' } } });
    expect(style.getPropertyValue('--case-accent')).to.equal('');
    expect(style.getPropertyValue('--case-radius')).to.equal('2px');
    await waitUntil(() => style.colorScheme === 'light');
    plugin.update({ locale: 'en-XA' });
    expect(style.getPropertyValue('--case-radius'), 'what is absent stays').to.equal('2px');
    await untilText(place, 'Šţåţûš');
    plugin.update({ locale: 'en-GB' });
    await untilText(place, 'Status');
  });

  it('signs out: forgets the token, what was shown and what was typed, until another person signs in', async () => {
    const tenant = await aTenant([aCase()]);
    const plugin = aPlugin(tenant);
    const ofOthers = await draftsKept();
    const [shown] = (await plugin.client.cases.list()).items;
    plugin.create('case-list').mount(place);
    plugin.create('note-composer', { caseId: shown?.id ?? '' }).mount(place);
    await untilText(place, 'Charged twice in October');
    type(await untilFound(place, 'textbox', /^Note/), 'Called back at noon');
    const before = await draftsKept();
    await plugin.client.drafts.save({ caseId: shown?.id ?? '', kind: 'reply' }, { text: 'a secret' });
    expect(await draftsKept()).to.be.greaterThan(before);
    await plugin.logout();
    await waitUntil(() => !textOf(place).includes('Charged twice'), 'the list is empty');
    expect(await draftsKept()).to.equal(ofOthers);
    const refused = await plugin.client.cases.list().catch((error: unknown) => error);
    expect(String(refused)).to.include('AuthenticationError');
    plugin.update({ getToken: () => tenant.tokens.administrator });
    await untilText(place, 'Charged twice in October');
    expect(textOf(place)).not.to.include('Called back at noon');
  });

  it('says with a code what it does not know', async () => {
    const tenant = await aTenant();
    const plugin = aPlugin(tenant);
    const create = (name: string, props?: object) => plugin.create(name as 'case-list', props);
    for (const name of ['case-lst', 'case-provider', 'constructor'])
      expect(
        codeOf(() => create(name)),
        name,
      ).to.equal('unknown_element');
    for (const property of ['custmerId', 'notice', 'client', 'innerHTML'])
      expect(
        codeOf(() => create('case-list', { [property]: '' })),
        property,
      ).to.equal('unknown_property');
    const mounted = create('case-list');
    expect(codeOf(() => mounted.update({ caseId: 'case_1', compcat: true } as object))).to.equal(
      'unknown_property',
    );
    expect(mounted.element, 'none is set').to.have.property('caseId', undefined);
    const wrong = [
      { appearance: { variables: { acent: 'red' } } },
      { appearance: { theme: 'blue' } },
      { prefix: 'A b' },
      { getToken: 'token' },
    ];
    for (const options of wrong)
      expect(codeOf(() => aPlugin(tenant, options as object))).to.equal('invalid_configuration');
    plugin.destroy();
    expect(codeOf(() => plugin.create('case-list'))).to.equal('plugin_destroyed');
  });

  it('mounts under a prefix', async () => {
    const tenant = await aTenant([aCase()]);
    aPlugin(tenant, { prefix: 'acme' }).create('case-list').mount(place);
    await untilText(place, 'Charged twice in October');
    const names = everything(place)
      .map(({ localName }) => localName)
      .filter((name) => name.includes('-'));
    expect(
      names.every((name) => name.startsWith('acme-')),
      names.join(),
    ).to.equal(true);
  });

  it('leaves nothing behind after 100 mounts', async function () {
    this.timeout(60_000);
    const tenant = await aTenant([aCase()]);
    const streams = new Set<AbortSignal>();
    const plugin = aPlugin(tenant, {
      fetch: (request) => {
        if (request.url.includes('/v1/events')) {
          streams.add(request.signal);
          request.signal.addEventListener('abort', () => streams.delete(request.signal));
        }
        return fetch(request);
      },
    });
    const listeners = countListeners();
    const elements: WeakRef<Element>[] = [];
    const mountOne = async (count: number) => {
      const mount = plugin.create(count % 2 === 0 ? 'case-list' : 'case-detail').mount(place);
      if (count < 4) await waitUntil(() => find(place, 'button'), 'shown');
      else await mount.element.updateComplete;
      elements.push(new WeakRef(mount.element));
      mount.destroy();
    };
    try {
      await mountOne(0);
      const open = listeners.open();
      for (let count = 1; count <= 100; count++) await mountOne(count % 2 === 0 ? count : count + 1);
      expect(listeners.open(), 'listeners on page and window').to.equal(open);
      expect(place.childNodes).to.have.length(0);
      await waitUntil(() => streams.size === 0 && plugin.client.events.getState() === 'offline', 'streams');
    } finally {
      listeners.stop();
    }
    // Only an engine that can be told to collect shows what is still held; the last few may be, for a while.
    const collect = (globalThis as { gc?: () => void }).gc;
    if (!collect) return;
    await waitUntil(() => {
      collect();
      return elements.filter((element) => element.deref()).length <= 5;
    }, 'elements are let go of');
  });
});

/** Counts what listens on the page and the window. */
function countListeners() {
  // oxlint-disable-next-line typescript/unbound-method -- both are called with their target below
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  let open = 0;
  const isPage = (target: EventTarget) => target === document || target === window;
  EventTarget.prototype.addEventListener = function (...args) {
    if (isPage(this)) open += 1;
    addEventListener.apply(this, args);
  };
  EventTarget.prototype.removeEventListener = function (...args) {
    if (isPage(this)) open -= 1;
    removeEventListener.apply(this, args);
  };
  return {
    open: () => open,
    stop: () => Object.assign(EventTarget.prototype, { addEventListener, removeEventListener }),
  };
}
