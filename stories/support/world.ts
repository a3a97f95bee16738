import { claimsOf } from '../../demo/cast.js';
import { sampleData } from '../../demo/sample-data/sample-data.js';
import type { ImportedCase, SeedCase } from '../../server/engine/import-types.js';
import { createCaseClient, type CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { SettingsChange } from '../../src/contract/settings.js';
import { Line, type Foreign, type ForeignGrants, type Latency, type Trouble } from './line.js';
import { openForeignServer, type ForeignKind } from './foreign-server.js';
import { pageServer, type PageServer } from './server.js';

/** What a story finds when it begins. */
export interface WorldOptions {
  /** `none` leaves out the sample cases; people and customers are there. */
  readonly cases?: 'sample' | 'none';
  /** What keeps the cases, in the place of our engine: Eleanor Finch's, and what else is said here does not hold there. */
  readonly backend?: ForeignKind;
  /** Cases besides; see `aCase`. */
  readonly more?: readonly SeedCase[];
  readonly imported?: readonly ImportedCase[];
  /** Lists in pages of so many; see `Line`. */
  readonly pageSize?: number;
  /** The person's own view of each case, as another backend gives it; see `Line`. */
  readonly foreign?: Foreign;
  /** Who has access to a case, as another backend gives it; see `Line`. */
  readonly foreignGrants?: ForeignGrants;
  /** Customers that no e-mail reaches, by their ids; see `Line`. */
  readonly unreachable?: readonly string[];
  /** The subject of the case that the story is about; none when empty. */
  readonly about?: string;
  /** Changes the tenant's settings, made by its administrator once the cases are there. */
  readonly settings?: SettingsChange;
  /** Whatever else must have happened. */
  readonly prepare?: (world: World) => Promise<void>;
}

/** How the person of a story looks at it. */
export interface Viewpoint {
  readonly person: string;
  readonly locale: string;
  readonly trouble: Trouble;
  readonly latency: Latency;
}

const administrator = 'ada-whitlock';

// Not the page's own address: built pages may lie in any folder.
const baseUrl = 'http://page.example/';

/** Where the cases of a story are, as far as its clients need it. */
export type Served = Pick<PageServer, 'app' | 'tokenFor'>;

/** A tenant of one story's own, and a client of its person over a line that can fail. */
export class World {
  readonly line: Line;
  readonly client: CaseClient;
  /** The id of the case that the story is about; empty when it is about none. */
  caseId = '';
  /** Eleanor Finch, as the backend of the story calls her. */
  customerId = 'c-1018';
  readonly #server: Served;
  readonly #tenant: string;
  #view: Viewpoint;
  readonly #others: CaseClient[] = [];

  constructor(server: Served, tenant: string, view: Viewpoint) {
    this.#server = server;
    this.#tenant = tenant;
    this.#view = view;
    this.line = new Line(server.app);
    this.line.set(view);
    this.client = createCaseClient({
      baseUrl,
      fetch: this.line.fetch,
      getToken: this.#tokenOf(view.person),
      locale: view.locale,
    });
  }

  /** Follows the toolbar: another person, language or line. */
  look(view: Viewpoint): void {
    const before = this.#view;
    this.#view = view;
    if (view.trouble !== before.trouble || view.latency !== before.latency) this.line.set(view);
    if (view.person !== before.person) this.client.update({ getToken: this.#tokenOf(view.person) });
    if (view.locale !== before.locale) this.client.update({ locale: view.locale });
  }

  /** Somebody else of this tenant, with a line of their own that never fails. */
  as(person: string): CaseClient {
    const client = createCaseClient({
      baseUrl,
      fetch: this.#server.app.fetch,
      getToken: this.#tokenOf(person, true),
    });
    this.#others.push(client);
    return client;
  }

  /** A case by its subject, as the administrator sees it. */
  async caseNamed(subject: string): Promise<Case> {
    const client = this.as(administrator);
    for await (const { id, subject: own } of client.cases.listAll({})) {
      if (own === subject) return client.cases.get(id);
    }
    throw new Error(`No case of this story is called “${subject}”.`);
  }

  dispose(): void {
    for (const client of [this.client, ...this.#others]) client.dispose();
  }

  #tokenOf(person: string, always = false) {
    return () => {
      const claims = claimsOf(person);
      if (!claims) throw new Error(`Nobody is called ${person}.`);
      const expiresIn = this.#view.trouble === 'signed-out' && !always ? '-1h' : '12h';
      return this.#server.tokenFor({ ...claims, tenant: this.#tenant }, expiresIn);
    };
  }
}

/** Makes the tenant of a story. */
export async function createWorld(options: WorldOptions, view: Viewpoint): Promise<World> {
  if (options.backend) return createForeignWorld(options.backend, view);
  const server = await pageServer();
  const tenant = `story_${crypto.randomUUID()}`;
  const { cases = [], ...company } = sampleData(new Date());
  await server.engine.seed(tenant, {
    ...company,
    cases: [...(options.cases === 'none' ? [] : cases), ...(options.more ?? [])],
  });
  if (options.imported) await server.engine.importCases(tenant, null, options.imported);
  const world = new World(server, tenant, view);
  world.line.pageSize = options.pageSize;
  world.line.foreign = options.foreign;
  world.line.foreignGrants = options.foreignGrants;
  world.line.unreachable = options.unreachable ?? [];
  if (options.settings) {
    const client = world.as(administrator);
    await client.settings.update(options.settings, { version: (await client.settings.get()).version });
  }
  if (options.about) world.caseId = (await world.caseNamed(options.about)).id;
  await options.prepare?.(world);
  return world;
}

/** A story on a case system of somebody else's, which is in the page, too. */
async function createForeignWorld(backend: ForeignKind, view: Viewpoint): Promise<World> {
  const { customerId, ...server } = await openForeignServer(backend);
  const world = new World(server, 'default', view);
  world.customerId = customerId;
  return world;
}
