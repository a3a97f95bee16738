import { signIn } from '/demo/strip.js';

await signIn(document.getElementById('casement'));
