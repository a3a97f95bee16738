import '../../dist/bundle/case-list.js';

import { token, watchFirstRow } from './first-row.js';

const provider = document.createElement('case-provider');
provider.getToken = () => Promise.resolve(token);
const list = document.createElement('case-list');
if (location.hash !== '#all') list.filterState = 'status=open';
provider.append(list);
document.body.append(provider);
watchFirstRow(() => list.shadowRoot?.querySelector('tbody tr td'));
