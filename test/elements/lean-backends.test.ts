import { expect, html } from '@open-wc/testing';

import '../../components/index.js';
import { submitButton, textField } from './note-composer-support.js';
import {
  aCase,
  aProvider,
  aTenant,
  disposeClients,
  find,
  findAll,
  settled,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';

const bareUrl = `${location.origin}/test/bare`;
const plainUrl = `${location.origin}/test/plain`;
const title = 'Charged twice in October';

/** Passes requests on, and keeps those the server cannot answer because the case system behind it lacks it. */
function aWatch() {
  const asked: string[] = [];
  const fetched = async (request: Request) => {
    const answer = await fetch(request);
    const { pathname } = new URL(request.url);
    // The stream of events is asked for before anything is known of the server; without one, what is shown is read again.
    if (answer.status === 501 && !pathname.endsWith('/events')) asked.push(`${request.method} ${pathname}`);
    return answer;
  };
  return { asked, fetch: fetched };
}

async function aLeanPage(baseUrl: string, as: 'agent' | 'customer' | 'administrator') {
  const tenant = await aTenant([aCase()], baseUrl);
  const [first] = (await tenant.clientFor('administrator').cases.list()).items;
  const watch = aWatch();
  const provider = await aProvider(
    { tenant, as, fetch: watch.fetch },
    html`
      <case-list></case-list>
      <case-detail case-id=${first?.id ?? ''}></case-detail>
      <note-composer case-id=${first?.id ?? ''}></note-composer>
      <share-manager case-id=${first?.id ?? ''}></share-manager>
      <inbox-table></inbox-table>
      <shared-with customer-id=${tenant.customers.aldermill}></shared-with>
      <project-panel></project-panel>
      <case-settings></case-settings>
      <portal-settings></portal-settings>
      <inbox-settings></inbox-settings>
    `,
  );
  const part = <T extends HTMLElement>(name: string) => provider.querySelector(name) as T;
  await untilText(part('case-list'), title);
  await untilText(part('case-detail'), 'Two debits of the same amount.');
  await untilFound(part('note-composer'), 'textbox');
  for (const name of ['share-manager', 'project-panel', 'shared-with', 'inbox-settings', 'case-settings'])
    await untilText(part(name), 'The case backend cannot do this.');
  await settled();
  return { tenant, watch, provider, part };
}

describe('elements before a case system that lacks most things', () => {
  afterEach(disposeClients);

  for (const [name, baseUrl] of [
    ['shows cases and takes replies', bareUrl],
    ['creates, edits and closes cases too', plainUrl],
  ] as const)
    for (const as of ['agent', 'customer', 'administrator'] as const)
      it(`ask for nothing it cannot answer, where it ${name}: ${as}`, async () => {
        const { watch, provider, part } = await aLeanPage(baseUrl, as);
        const more = find(part('case-detail'), 'button', 'More actions');
        more?.click();
        await settled();
        expect(watch.asked).to.deep.equal([]);
        expect(textOf(provider)).not.to.match(/went wrong|could not be loaded/i);
      });

  it('offer nothing that it lacks', async () => {
    const { part } = await aLeanPage(bareUrl, 'agent');
    const list = part('case-list');
    const detail = part('case-detail');
    for (const control of [/^Add case/, /^Select/, /^Export/, /^Save view/])
      expect(findAll(list, 'button', control), String(control)).to.deep.equal([]);
    expect(findAll(list, 'checkbox')).to.deep.equal([]);
    expect(find(list, 'searchbox')).to.equal(undefined);
    for (const control of [/^Close case/, /^Edit/, /^Share/, /^Put into/])
      expect(findAll(detail, 'button', control), String(control)).to.deep.equal([]);
    expect(find(part('note-composer'), 'button', /Attach|Add files/)).to.equal(undefined);
    expect(textOf(part('inbox-table'))).to.equal('');
  });

  it('take a reply', async () => {
    const { tenant, watch, part } = await aLeanPage(bareUrl, 'customer');
    const composer = part('note-composer');
    type(textField(composer), 'It is on the statement.');
    await (composer as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    submitButton(composer).click();
    await untilText(part('case-detail'), 'It is on the statement.');
    await untilText(composer, 'Reply sent.');
    const [shown] = (await tenant.clientFor('administrator').cases.list()).items;
    const notes = await tenant.clientFor('administrator').notes.list(shown?.id ?? '');
    expect(notes.items.map(({ text }) => text)).to.include('It is on the statement.');
    expect(watch.asked).to.deep.equal([]);
  });
});
