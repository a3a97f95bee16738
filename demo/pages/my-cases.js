import { keepInAddress } from '/demo/browse.js';
import { signIn } from '/demo/host.js';

const provider = document.getElementById('casement');
const list = document.getElementById('list');
const detail = document.getElementById('detail');

const browsing = keepInAddress(provider, list, detail);
detail.addEventListener('case-back', () => browsing.close());
await signIn(provider, () => browsing.reset());
