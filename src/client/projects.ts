import type { Page } from '../contract/common.js';
import type { NewGrants } from '../contract/grants.js';
import { projectRoutes as routes } from '../contract/project-routes.js';
import type {
  NewProject,
  NewProjectMessage,
  Project,
  ProjectChange,
  ProjectGrantList,
  ProjectGrantsAnswer,
  ProjectMessage,
  ProjectMessageQuery,
  ProjectQuery,
} from '../contract/projects.js';
import type { CallOptions, GuardedOptions, QueryInput, WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** Which projects: `q` matches the beginnings of the words of a name. */
export type ProjectListQuery = QueryInput<ProjectQuery>;

/** Which messages. */
export type ProjectMessageListQuery = QueryInput<ProjectMessageQuery>;

/** Cases that belong together, and who follows them. Reached as `client.projects`. */
export class ProjectsResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * One page of the projects the actor may see, by name: for agents those of their departments and of none, for
   * customers those they follow.
   *
   * @throws {ForbiddenError} `forbidden`.
   *
   * @example
   * ```ts
   * const { items } = await client.projects.list({ q: 'fibre' });
   * ```
   */
  list(query: ProjectListQuery = {}, options: CallOptions = {}): Promise<Page<Project>> {
    return this.#http.call(routes.listProjects, { ...options, query });
  }

  /**
   * One project. Its cases are `client.cases.list({ projectId })`.
   *
   * @throws {NotFoundError} `not_found`: no such project, or none the actor may see.
   *
   * @example
   * ```ts
   * const { name, permissions } = await client.projects.get(projectId);
   * ```
   */
  get(id: string, options: CallOptions = {}): Promise<Project> {
    return this.#http.call(routes.getProject, { ...options, id });
  }

  /**
   * Makes a project; cases come into it by their `projectId`.
   *
   * @throws {ValidationError} `validation_failed`: `name` is missing or too long, `departmentId` is none of the actor's.
   * @throws {ForbiddenError} `forbidden`: only agents make projects.
   *
   * @example
   * ```ts
   * const project = await client.projects.create({ name: 'Fibre for Aldermill' });
   * ```
   */
  async create(input: NewProject, options: WriteOptions = {}): Promise<Project> {
    return this.#changed(await this.#http.call(routes.createProject, { ...options, json: input }));
  }

  /**
   * Changes a project; what is absent stays.
   *
   * @throws {ConflictError} `version_conflict` with the project as it stands.
   * @throws As `create`; {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.projects.update(project.id, { name: 'Fibre, second half' }, project);
   * ```
   */
  async update(id: string, change: ProjectChange, options: GuardedOptions): Promise<Project> {
    return this.#changed(await this.#http.call(routes.updateProject, { ...options, id, json: change }));
  }

  /**
   * Who follows a project, the oldest grant first; `share` says, by kind of grantee, whether the actor may add more, and
   * `warnings` what to know before (CU-18, CU-23). For agents. `client.grants.update` and `remove` change and end one.
   *
   * @throws {ForbiddenError} `forbidden`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { items, share, warnings } = await client.projects.grants(projectId);
   * ```
   */
  grants(id: string, options: CallOptions = {}): Promise<ProjectGrantList> {
    return this.#http.call(routes.listProjectGrants, { ...options, id });
  }

  /**
   * Lets customers and organisations follow a project: all of them, or nobody (CU-09, CU-10). They see its cases, those of
   * now and those to come, as far as the portal shows them.
   *
   * @throws {ValidationError} `validation_failed`: every bad name at once, as `grantees.2.id`.
   * @throws {ConflictError} `history_disclosure_unconfirmed`: they would read earlier public notes; `current` has `count`,
   *   `oldest` and `recipients`. Ask, then send `includeHistory` (CU-06).
   * @throws {ForbiddenError} `forbidden`, with the rule.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { warnings } = await client.projects.share(projectId, { grantees: [{ kind: 'customer', id: 'cust_quist' }] });
   * ```
   */
  async share(id: string, input: NewGrants, options: WriteOptions = {}): Promise<ProjectGrantsAnswer> {
    return this.#changed(await this.#http.call(routes.createProjectGrants, { ...options, id, json: input }));
  }

  /**
   * What was written to those who follow a project, newest first. Agents are told whom a message did not reach (CU-17).
   *
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { items } = await client.projects.messages(projectId);
   * ```
   */
  messages(
    id: string,
    query: ProjectMessageListQuery = {},
    options: CallOptions = {},
  ): Promise<Page<ProjectMessage>> {
    return this.#http.call(routes.listProjectMessages, { ...options, id, query });
  }

  /**
   * Writes to everybody who follows the project at this moment; who stopped following gets nothing more (CU-16).
   *
   * @throws {ValidationError} `validation_failed`: `text` is missing or too long.
   * @throws {ForbiddenError} `forbidden`: only agents write.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.projects.post(projectId, { text: 'The trench is open until Friday.' });
   * ```
   */
  async post(id: string, input: NewProjectMessage, options: WriteOptions = {}): Promise<ProjectMessage> {
    return this.#changed(await this.#http.call(routes.createProjectMessage, { ...options, id, json: input }));
  }

  /**
   * One page of the projects shared with a customer or an organisation now, as far as the actor may know of them (CU-15).
   *
   * @throws {NotFoundError} `not_found`: no such customer or organisation, or none the actor may see.
   *
   * @example
   * ```ts
   * const { items } = await client.projects.sharedWith({ kind: 'customer', id: customerId });
   * ```
   */
  sharedWith(
    { kind, id }: { readonly kind: 'customer' | 'organisation'; readonly id: string },
    query: ProjectListQuery = {},
    options: CallOptions = {},
  ): Promise<Page<Project>> {
    const route = kind === 'customer' ? routes.listCustomerProjects : routes.listOrganisationProjects;
    return this.#http.call(route, { ...options, id, query });
  }

  #changed<T>(answer: T): T {
    this.#cache.touchGrants();
    return answer;
  }
}
