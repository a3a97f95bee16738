import { expect, fixture } from '@open-wc/testing';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';

import { defineCaseElements, type CaseElementNames } from '../../components/define-elements.js';
import { version } from '../../components/shared/version.js';
import { isConfigError } from '../../src/errors.js';
import {
  aCase,
  aClient,
  aTenant,
  disposeClients,
  everything,
  findAll,
  untilFound,
  untilText,
  type TestTenant,
} from './support.js';

/** What is said with `console.warn` while something runs. */
function warningsDuring(run: () => unknown): string[] {
  const { warn } = console;
  const said: string[] = [];
  console.warn = (...words: unknown[]) => void said.push(words.join(' '));
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return said;
}

/** A list and a detail inside a provider, under the names they have here. */
async function aPage(tenant: TestTenant, names: CaseElementNames<string>): Promise<HTMLElement> {
  const [provider, list, detail] = (['case-provider', 'case-list', 'case-detail'] as const).map((name) =>
    unsafeStatic(names[name]),
  );
  return fixture(staticHtml`
    <${provider} .client=${aClient(tenant.tokens.agent)}>
      <${list}></${list}>
      <${detail}></${detail}>
    </${provider}>
  `);
}

const customElementsIn = (root: Node) => [
  ...new Set(
    everything(root)
      .map(({ localName }) => localName)
      .filter((name) => name.includes('-')),
  ),
];

const elementOf = (root: Node, name: string) => everything(root).find(({ localName }) => localName === name);

describe('defineCaseElements', () => {
  afterEach(disposeClients);

  it('registers nothing by being imported', () => {
    expect(customElements.get('case-filters')).to.equal(undefined);
    expect(customElements.get('case-list')).to.equal(undefined);
  });

  it('registers every element under names of its own, and what they show inside follows', async () => {
    const names = defineCaseElements({ prefix: 'acme' });
    expect(names['case-list']).to.equal('acme-case-list');
    const tenant = await aTenant([aCase()]);
    const page = await aPage(tenant, names);

    (await untilFound(page, 'button', /^Charged twice in October/)).click();
    await untilText(page, 'Additional notes');
    await untilFound(page, 'textbox', /^Note/);
    (await untilFound(page, 'button', 'Add case')).click();
    await untilFound(page, 'dialog');
    await untilFound(page, 'button', /^Views/);

    expect(customElementsIn(page).sort()).to.deep.equal(
      [
        'acme-case-detail',
        'acme-case-edit-panel',
        'acme-case-filters',
        'acme-case-form',
        'acme-case-list',
        'acme-case-timeline',
        'acme-case-tools',
        'acme-note-composer',
      ].sort(),
    );
    for (const element of everything(page))
      if (element.localName.includes('-')) expect(element.shadowRoot, element.localName).to.exist;
    expect(customElements.get('case-form'), 'the usual names are left alone').to.equal(undefined);
  });

  it('opens the panel of a case under a prefix', async () => {
    const page = await aPage(await aTenant([aCase()]), defineCaseElements({ prefix: 'acme' }));
    (await untilFound(page, 'button', /^Charged twice in October/)).click();
    (await untilFound(page, 'button', 'Add note')).click();
    await untilFound(page, 'dialog');
  });

  it('keeps what is shown inside when it is drawn again', async () => {
    const page = await aPage(await aTenant([aCase()]), defineCaseElements({ prefix: 'acme' }));
    await untilFound(page, 'searchbox');
    const filters = elementOf(page, 'acme-case-filters');
    (await untilFound(page, 'button', /^Charged twice in October/)).click();
    await untilText(page, 'Additional notes');
    expect(elementOf(page, 'acme-case-filters') === filters, 'the same element').to.equal(true);
    expect(findAll(page, 'searchbox')).to.have.length(1);
  });

  it('may be done twice, and stands beside the usual names and other prefixes', async () => {
    const said = warningsDuring(() => {
      defineCaseElements({ prefix: 'acme' });
      defineCaseElements({ prefix: 'acme' });
      defineCaseElements({ prefix: 'other-2' });
      defineCaseElements();
      defineCaseElements();
    });
    expect(said).to.deep.equal([]);
    const tenant = await aTenant([aCase()]);
    await untilText(await aPage(tenant, defineCaseElements()), 'Charged twice in October');
    const other = await aPage(tenant, defineCaseElements({ prefix: 'other-2' }));
    await untilText(other, 'Charged twice in October');
    expect(customElementsIn(other)).to.include('other-2-case-filters');
  });

  it('says once, with both versions, that another version was there first, and leaves it there', () => {
    class Older extends HTMLElement {
      static casementVersion = '0.0.7';
    }
    customElements.define('shop-case-list', Older);
    customElements.define('shop-case-detail', class extends Older {});
    const said = warningsDuring(() => {
      defineCaseElements({ prefix: 'shop' });
      defineCaseElements({ prefix: 'shop' });
    });
    expect(said).to.have.length(1);
    expect(said[0]).to.include(`Casement ${version}`).and.to.include('Casement 0.0.7');
    expect(said[0]).to.include('<shop-case-list>').and.to.include('prefix');
    expect(customElements.get('shop-case-list')).to.equal(Older);
    expect(customElements.get('shop-case-filters'), 'the rest is registered').to.exist;
  });

  it("says that a name belongs to somebody else's element", () => {
    customElements.define('mall-case-form', class extends HTMLElement {});
    const said = warningsDuring(() => {
      defineCaseElements({ prefix: 'mall' });
      defineCaseElements({ prefix: 'mall' });
    });
    expect(said).to.have.length(1);
    expect(said[0]).to.include('<mall-case-form>').and.to.include('another script');
  });

  it('refuses a prefix that cannot start a name', () => {
    for (const prefix of ['Acme', '1st', 'acme-', 'a b', 'é'])
      expect(() => defineCaseElements({ prefix }), prefix)
        .to.throw(`"${prefix}"`)
        .and.to.satisfy(isConfigError);
  });

  it('knows the names while it is typed', () => {
    const names = defineCaseElements({ prefix: 'acme' });
    const list: 'acme-case-list' = names['case-list'];
    // @ts-expect-error -- there is no such element
    const none: unknown = names['case-table'];
    expect([list, none]).to.deep.equal(['acme-case-list', undefined]);
  });
});
