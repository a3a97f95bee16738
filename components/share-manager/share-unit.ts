import type { CaseClient } from '../../src/client/client.js';
import type { LiveQuery } from '../../src/client/live-query.js';
import type {
  Candidate,
  GranteeKind,
  GrantList,
  GrantsAnswer,
  NewGrants,
} from '../../src/contract/grants.js';
import type { SharingWarning } from '../../src/contract/projects.js';
import type { PreviewInput, SharePreview } from '../../src/contract/preview.js';
import type { Session } from '../../src/contract/session.js';
import { kindOrder } from './share-words.js';

/** Who has access; of a project, with what to know before it is shared with more. */
export type SharedList = GrantList & { readonly warnings?: readonly SharingWarning[] };

/** What came of sharing, with what to know about it. */
export type SharedAnswer = Omit<GrantsAnswer, 'warnings'> & {
  readonly warnings?: readonly { readonly code: string; readonly field?: string }[] | undefined;
};

/** What is shared: a case, or a whole project (CU-01). */
export interface ShareUnit {
  readonly kind: 'case' | 'project';
  readonly id: string;
  grants(client: CaseClient): LiveQuery<SharedList>;
  add(client: CaseClient, input: NewGrants, idempotencyKey: string): Promise<SharedAnswer>;
  candidates(client: CaseClient, query: CandidateAsk, signal: AbortSignal): Promise<readonly Candidate[]>;
  /** What somebody will see; absent where nobody can tell. */
  readonly preview?: (
    client: CaseClient,
    input: Omit<PreviewInput, 'caseId'>,
    signal: AbortSignal,
  ) => Promise<SharePreview>;
}

/** Who is looked for. */
export interface CandidateAsk {
  readonly kind: GranteeKind;
  readonly q?: string;
  readonly limit: number;
}

export function caseUnit(id: string): ShareUnit {
  return {
    kind: 'case',
    id,
    grants: (client) => client.queries.grants(id),
    add: (client, input, idempotencyKey) => client.grants.add(id, input, { idempotencyKey }),
    candidates: async (client, query, signal) =>
      (await client.grants.candidates({ ...query, caseId: id }, { signal })).items,
    preview: (client, input, signal) => client.grants.preview({ ...input, caseId: id }, { signal }),
  };
}

export function projectUnit(id: string): ShareUnit {
  return {
    kind: 'project',
    id,
    grants: (client) => client.queries.projectGrants(id),
    add: (client, input, idempotencyKey) => client.projects.share(id, input, { idempotencyKey }),
    candidates: async (client, query, signal) =>
      (await client.grants.candidates({ ...query, projectId: id }, { signal })).items,
  };
}

/** Everything the content works with, once it has been read. */
export interface ShareScope {
  readonly client: CaseClient;
  readonly session: Session;
  readonly unit: ShareUnit;
  readonly list: SharedList;
  /** Who submitted the case, where that is known. */
  readonly requester: string | undefined;
}

/** The levels somebody of a kind can be given, the widest first; none where the backend does not say. */
export function levelsOf({ capabilities }: Session, kind: string): readonly string[] {
  return capabilities.sharing?.levels[kind] ?? [];
}

/** The level that somebody of a kind is given unless another is chosen (DE-03). */
export function usualLevel(session: Session, kind: string): string | undefined {
  const levels = levelsOf(session, kind);
  const set = kind === 'department' ? session.settings.sharing?.departmentLevel : undefined;
  return set !== undefined && levels.includes(set) ? set : levels[0];
}

/** Tells one grantee from another, whatever their kinds. */
export function keyOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind} ${id}`;
}

/** The kinds of grantee the reader may add, in the order they are shown. */
export function kindsToAdd({ session, list }: ShareScope): readonly GranteeKind[] {
  const kinds = session.capabilities.sharing?.kinds ?? [];
  return kindOrder.filter((kind) => kinds.includes(kind) && list.share[kind]?.allowed);
}
