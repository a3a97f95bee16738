/** The reader chose a project. Unless cancelled, a `<project-panel>` turns to it. */
export class ProjectSelectEvent extends CustomEvent<{ readonly projectId: string }> {
  constructor(projectId: string) {
    super('project-select', { detail: { projectId }, bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'project-select': ProjectSelectEvent;
  }
}
