import { signIn } from '/demo/strip.js';

const panel = document.querySelector('project-panel');

// The project is kept in the address, so that a link leads to it.
panel.projectId = new URL(location.href).searchParams.get('project') ?? undefined;
panel.addEventListener('project-select', ({ detail: { projectId } }) => {
  const url = new URL(location.href);
  url.searchParams.set('project', projectId);
  history.replaceState(history.state, '', url);
});

await signIn(document.getElementById('casement'));
