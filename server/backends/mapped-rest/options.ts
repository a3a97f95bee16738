import * as z from 'zod/mini';

import { caseActions, caseSorts } from '../../../src/contract/cases.js';
import { identitiesSchema } from '../identities.js';
import { vocabularySchema } from '../vocabulary.js';
import { dateFormSchema } from './dates.js';
import { placeholdersIn } from './templates.js';

const pointer = z.string().check(z.maxLength(300));
const parameter = z.string().check(z.minLength(1), z.maxLength(100));
const texts = z.record(z.string(), z.string());
const path = z
  .string()
  .check(
    z.regex(/^\/[^?#\s]*$/, { error: 'must be a path that begins with / and has neither ? nor #' }),
    z.maxLength(500),
  );
/** A pointer to an answer to "yes or no". */
const whether = z.union([pointer, z.boolean()]);

/** One call of the API that changes something. */
const callSchema = z.strictObject({
  method: z.optional(z.enum(['POST', 'PUT', 'PATCH', 'DELETE'])),
  path,
  query: z.optional(texts),
  headers: z.optional(texts),
  /** Sent as JSON, with the placeholders filled. */
  body: z.optional(z.unknown()),
  /** Where the answer tells what was made; the whole answer unless told. */
  record: z._default(pointer, ''),
});
export type Call = z.infer<typeof callSchema>;

/** The size of a page: the parameter that asks for it, if one does, and the most the API gives. */
const size = {
  size: z.optional(parameter),
  most: z._default(z.number().check(z.int(), z.gte(1), z.lte(1000)), 100),
};

const pageSchema = z.discriminatedUnion('style', [
  z.strictObject({ style: z.literal('none') }),
  z.strictObject({ style: z.literal('cursor'), parameter, next: pointer, ...size }),
  z.strictObject({
    style: z.literal('page'),
    parameter,
    first: z._default(z.union([z.literal(0), z.literal(1)]), 1),
    ...size,
  }),
  z.strictObject({ style: z.literal('offset'), parameter, ...size }),
  /** The header `Link` with rel="next" (RFC 8288). */
  z.strictObject({ style: z.literal('link'), ...size }),
]);
export type PageStyle = z.infer<typeof pageSchema>;

const listSchema = z.strictObject({
  path,
  query: z.optional(texts),
  /** Where the entries are; the whole answer unless told. */
  items: z._default(pointer, ''),
  total: z.optional(pointer),
  page: z._default(pageSchema, { style: 'none' }),
  /** How one parameter takes several values. */
  lists: z._default(z.enum(['single', 'repeat', 'comma']), 'single'),
});
export type List = z.infer<typeof listSchema>;

const getSchema = z.strictObject({ path, query: z.optional(texts), record: z._default(pointer, '') });
export type Get = z.infer<typeof getSchema>;

const fieldParts = {
  at: pointer,
  /** Their values and ours. Of several of theirs that mean the same, the first is the one to be written. */
  values: z.optional(z.record(z.string(), z.string())),
  /** As what it is written to the API; what is read may be any of the first three. */
  as: z.optional(z.enum(['text', 'number', 'boolean', 'html'])),
  date: z.optional(dateFormSchema),
};
const fieldSchema = z.union(
  [
    z.pipe(
      pointer,
      z.transform((place: string): Field => ({ at: place })),
    ),
    z.strictObject(fieldParts),
  ],
  { error: 'must be a place such as "account.id", or an object with "at"' },
);
export interface Field {
  readonly at: string;
  readonly values?: Readonly<Record<string, string>> | undefined;
  readonly as?: 'text' | 'number' | 'boolean' | 'html' | undefined;
  readonly date?: z.infer<typeof dateFormSchema> | undefined;
}

const refSchema = z.strictObject({ id: pointer, name: z.optional(pointer) });
export type Ref = z.infer<typeof refSchema>;
const personKinds = z.enum(['agent', 'customer']);
/** Somebody who may be one of ours or one of theirs: `kind` says where that stands. */
const authorSchema = z.strictObject({
  id: pointer,
  name: z.optional(pointer),
  kind: z.union([personKinds, z.strictObject({ at: pointer, values: z.record(z.string(), personKinds) })]),
});
export type Author = z.infer<typeof authorSchema>;

const idFormSchema = z.strictObject({
  as: z._default(z.enum(['text', 'number']), 'text'),
  /** What the ids begin with on our side alone, so that those of two lists stay apart. */
  prefix: z._default(z.string().check(z.regex(/^[\w.-]{0,20}$/)), ''),
});

const caseFields = z.strictObject({
  id: pointer,
  number: z.optional(pointer),
  version: z.optional(fieldSchema),
  status: fieldSchema,
  subject: fieldSchema,
  customer: refSchema,
  description: z.optional(fieldSchema),
  type: z.optional(fieldSchema),
  priority: z.optional(fieldSchema),
  deadline: z.optional(fieldSchema),
  contactMethod: z.optional(fieldSchema),
  tags: z.optional(fieldSchema),
  externalReference: z.optional(fieldSchema),
  organisation: z.optional(refSchema),
  department: z.optional(refSchema),
  requester: z.optional(refSchema),
  assignee: z.optional(refSchema),
  createdBy: z.optional(authorSchema),
  createdAt: z.optional(fieldSchema),
  updatedAt: z.optional(fieldSchema),
  replyCount: z.optional(pointer),
  closure: z.optional(
    z.strictObject({
      reason: z.optional(fieldSchema),
      note: z.optional(fieldSchema),
      by: z.optional(authorSchema),
      at: z.optional(fieldSchema),
    }),
  ),
});
export type CaseFields = z.infer<typeof caseFields>;

const noteFields = z.strictObject({
  id: pointer,
  text: fieldSchema,
  /** `internal` and `public` by their values; without it every note counts as internal. */
  visibility: z.optional(fieldSchema),
  subject: z.optional(fieldSchema),
  by: z.optional(authorSchema),
  at: z.optional(fieldSchema),
  attachments: z.optional(pointer),
});

const attachmentFields = z.strictObject({
  id: pointer,
  name: pointer,
  size: z.optional(pointer),
});

const sorts = z.partialRecord(z.enum(caseSorts), texts);

const casesSchema = z.strictObject({
  list: listSchema,
  /** What a list is asked for each order. */
  sorts: z.optional(sorts),
  get: getSchema,
  create: z.optional(callSchema),
  update: z.optional(callSchema),
  close: z.optional(callSchema),
  reopen: z.optional(callSchema),
  /** Reasons of ours as the API calls them, for those who reopen. */
  reopenReasons: z.optional(z.record(z.string(), z.string())),
  fields: caseFields,
  /** Where a case says what its reader may do. */
  permissions: z.optional(z.partialRecord(z.enum(caseActions), whether)),
});

const notesSchema = z.strictObject({
  list: listSchema,
  /** In which order they come; the newest last unless told. */
  order: z._default(z.enum(['oldest-first', 'newest-first']), 'oldest-first'),
  /** Adds what the customer reads, and what only agents read. */
  reply: z.optional(callSchema),
  comment: z.optional(callSchema),
  fields: noteFields,
});

const peopleSchema = z.strictObject({
  list: z.optional(listSchema),
  get: z.optional(getSchema),
  fields: z.strictObject({
    id: pointer,
    name: pointer,
    email: z.optional(pointer),
    former: z.optional(fieldSchema),
    customer: z.optional(refSchema),
  }),
});
export type PeopleMap = z.infer<typeof peopleSchema>;

/** How the API is told who acts: each must say so by something of their own. */
const actingSchema = z.strictObject({
  headers: z.optional(texts),
  query: z.optional(texts),
  /** Where the API says who that is for it. */
  me: z.optional(z.strictObject({ path, id: pointer, name: z.optional(pointer) })),
});
export type Acting = z.infer<typeof actingSchema>;

const actingPlaceholders = ['user', 'id', 'email', 'customer'];
const saysWho = z.refine<Acting>(
  ({ headers, query }) =>
    placeholdersIn({ headers, query }).some((name) => actingPlaceholders.includes(name)),
  {
    error:
      'must tell the API who acts: a header or a query parameter with {user}, {id}, {email} or {customer} in it',
  },
);

const codes = z.enum([
  'forbidden',
  'not_found',
  'case_closed',
  'case_open',
  'version_conflict',
  'validation_failed',
  'gone',
  'too_large',
  'rate_limited',
  'unavailable',
]);

const errorsSchema = z.strictObject({
  /** Where an answer says in a word what is wrong, and what those words mean. */
  code: z.optional(pointer),
  codes: z.optional(z.record(z.string(), codes)),
  /** What a status means, where it is not what it usually means. */
  statuses: z.optional(z.record(z.string().check(z.regex(/^[1-5]\d\d$/)), codes)),
  /** Where the wrong fields are: a list whose entries name them, or an object with a name each. */
  fields: z.optional(
    z.strictObject({
      at: pointer,
      name: z.optional(pointer),
      names: z.optional(z.record(z.string(), z.string())),
    }),
  ),
});
export type ErrorMap = z.infer<typeof errorsSchema>;

const ids = z._default(idFormSchema, { as: 'text', prefix: '' });

/** What a mapping file says: a company's own API in the words of the contract. */
export const mappedRestOptionsSchema = z.strictObject({
  /** What the API is called in messages to people. */
  name: z._default(z.string().check(z.minLength(1), z.maxLength(60)), 'The case system'),
  /** What all paths begin with. */
  baseUrl: z.string().check(z.regex(/^https?:\/\/[^\s?#]+$/, { error: 'must be an http or https address' })),
  /** The only tenant served; any unless told. */
  tenant: z.optional(z.string()),
  timeoutSeconds: z.optional(z.number().check(z.gte(1), z.lte(120))),
  /** Sent with every request: what signs this server in, mostly. */
  headers: z._default(texts, {}),
  /** How `{user}` of the actor follows from the token; the e-mail address unless told. */
  identities: z.optional(identitiesSchema),
  actors: z.strictObject({
    agents: z.optional(actingSchema.check(saysWho)),
    customers: z.optional(actingSchema.check(saysWho)),
  }),
  /** An agent whom `casement check` may act as, to read. */
  checkAs: z.optional(z.strictObject({ id: z.string(), email: z.optional(z.string()) })),
  dates: z._default(dateFormSchema, 'iso'),
  ids: z._default(
    z.strictObject({
      case: ids,
      customer: ids,
      agent: ids,
      contact: ids,
      department: ids,
      organisation: ids,
      note: ids,
      attachment: ids,
    }),
    {
      case: { as: 'text', prefix: '' },
      customer: { as: 'text', prefix: '' },
      agent: { as: 'text', prefix: '' },
      contact: { as: 'text', prefix: '' },
      department: { as: 'text', prefix: '' },
      organisation: { as: 'text', prefix: '' },
      note: { as: 'text', prefix: '' },
      attachment: { as: 'text', prefix: '' },
    },
  ),
  /** How it is known that a case has moved: the header `ETag`, or a field. Without either what was read is compared. */
  version: z.optional(z.enum(['etag', 'field'])),
  cases: casesSchema,
  notes: z.optional(notesSchema),
  customers: z.optional(
    z.strictObject({
      list: z.optional(listSchema),
      get: z.optional(getSchema),
      fields: z.strictObject({
        id: pointer,
        name: pointer,
        number: z.optional(pointer),
        organisation: z.optional(refSchema),
        mainContact: z.optional(refSchema),
      }),
    }),
  ),
  agents: z.optional(peopleSchema),
  contacts: z.optional(peopleSchema),
  attachments: z.optional(
    z.strictObject({
      upload: z.optional(
        z.strictObject({
          path,
          id: pointer,
          as: z._default(z.enum(['multipart', 'raw']), 'multipart'),
          field: z._default(parameter, 'file'),
        }),
      ),
      get: z.optional(getSchema),
      download: path,
      fields: attachmentFields,
    }),
  ),
  errors: z._default(errorsSchema, {}),
  vocabulary: z.optional(vocabularySchema),
});
/** What a mapping file says, as it is once it was checked. */
export type MappedRestOptions = z.infer<typeof mappedRestOptionsSchema> & {
  readonly fetch?: typeof fetch | undefined;
};
/** A kind of id that is written in a form of its own. */
export type IdKind = keyof MappedRestOptions['ids'];
