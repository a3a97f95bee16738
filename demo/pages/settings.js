import { signIn } from '/demo/host.js';

await signIn(document.getElementById('casement'));
