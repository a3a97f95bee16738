import { keepInAddress } from '/demo/browse.js';
import { ask, signIn } from '/demo/strip.js';

const provider = document.getElementById('casement');
const list = document.getElementById('list');
const detail = document.getElementById('detail');

const wanted = new URLSearchParams(location.search).get('customer');
if (wanted) {
  list.customerId = wanted;
  const account = (await ask('/demo/accounts')).find(({ id }) => id === wanted);
  const link = document.getElementById('account');
  if (account) {
    document.title = `Cases of ${account.name} · Larkwell Fibre`;
    document.getElementById('title').textContent = `Cases of ${account.name}`;
    link.href = `/account?customer=${encodeURIComponent(account.id)}`;
    link.hidden = false;
  }
}

const browsing = keepInAddress(provider, list, detail);
detail.addEventListener('case-back', () => browsing.close());
await signIn(provider, () => browsing.reset());
