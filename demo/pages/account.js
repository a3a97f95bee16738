import { showLedger } from '/demo/ledger.js';
import { ask, signIn } from '/demo/strip.js';

const provider = document.getElementById('casement');
const widget = document.getElementById('widget');

const accounts = await ask('/demo/accounts');
const wanted = new URLSearchParams(location.search).get('customer');
const account = accounts.find(({ id }) => id === wanted) ?? accounts[0];

document.title = `${account.name} · Larkwell Fibre`;
document.getElementById('name').textContent = account.name;
document.getElementById('plan').textContent = `${account.number} · ${account.plan}`;
document.getElementById('facts').replaceChildren(
  ...account.facts.flatMap(([label, value]) => {
    const term = document.createElement('dt');
    const fact = document.createElement('dd');
    term.textContent = label;
    fact.textContent = value;
    fact.dir = 'auto';
    return [term, fact];
  }),
);
document.getElementById('accounts').replaceChildren(
  ...accounts.map(({ id, name, number }) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    const words = document.createElement('bdi');
    const small = document.createElement('small');
    link.href = `/account?customer=${encodeURIComponent(id)}`;
    words.textContent = name;
    small.textContent = number;
    if (id === account.id) link.setAttribute('aria-current', 'page');
    link.append(words, ' ', small);
    item.append(link);
    return item;
  }),
);

const casesPage = `/cases?customer=${encodeURIComponent(account.id)}`;
widget.customerId = account.id;
widget.addEventListener('case-select', (event) => {
  location.assign(`${casesPage}&case=${encodeURIComponent(event.detail.caseId)}`);
});
widget.addEventListener('cases-all', () => location.assign(casesPage));

const shared = document.getElementById('shared');
shared.customerId = account.id;
shared.addEventListener('project-select', (event) => {
  location.assign(`/projects?project=${encodeURIComponent(event.detail.projectId)}`);
});
shared.addEventListener('case-select', (event) => {
  location.assign(`/cases?case=${encodeURIComponent(event.detail.caseId)}`);
});

await Promise.all([signIn(provider), showLedger(document.getElementById('lines'), account.id)]);
