import * as z from 'zod/mini';

import { identitiesSchema } from '../identities.js';
import { vocabularySchema } from '../vocabulary.js';

const text = z.string().check(z.minLength(1), z.maxLength(2_000));
const address = z
  .url({ error: 'must be an address such as https://desk.zoho.eu/api/v1' })
  .check(z.maxLength(500));
const values = z.optional(z.record(z.string(), text));
const fieldName = z.string().check(
  z.regex(/^(classification|category|cf_[A-Za-z0-9_]+)$/, {
    error: 'must be classification, category or a custom field such as cf_type',
  }),
);
const customField = z
  .string()
  .check(
    z.regex(/^cf_[A-Za-z0-9_]+$/, { error: 'must be the API name of a custom field, such as cf_reference' }),
  );

/** Checks a configuration that came from outside: what it does not know is refused, and each mistake is said in plain words. */
export const zohoDeskOptionsSchema = z.strictObject({
  /** Of the data centre of the account, such as `https://desk.zoho.eu/api/v1`. */
  baseUrl: address,
  /** Where access tokens come from, such as `https://accounts.zoho.eu`. */
  accountsUrl: address,
  /** The id of the organisation, as Zoho Desk shows it under Setup → APIs. */
  orgId: z.string().check(z.regex(/^\d{1,20}$/, { error: 'must be the digits of the organisation id' })),
  clientId: text,
  clientSecret: text,
  /** Of the agent in whose name the gateway works: it sees all that this agent sees, and shows each actor their share of it. */
  refreshToken: text,
  /** The one tenant of the host's tokens that is served; tokens of others are refused. Left out: every tenant. */
  tenant: z.optional(text),
  /** How actors are known to Zoho: agents and contacts by e-mail unless told. */
  identities: z.optional(identitiesSchema),
  /** Which tickets a customer sees: those of their contact, or all of the account it belongs to. */
  customers: z.optional(z.enum(['contact', 'account'])),
  /** What agents with a permission profile of the company's own see: Zoho does not tell, so only what is assigned to them, unless told that it is their departments. */
  customProfiles: z.optional(z.enum(['own', 'departments'])),
  /** The department of a new case that names none; an agent's only department needs no mention. */
  defaultDepartment: z.optional(
    z.string().check(z.regex(/^\d{1,20}$/, { error: 'must be the id of a department' })),
  ),
  /** Where Zoho keeps what it has no field for. `type` is the classification unless told. */
  fields: z.optional(
    z.strictObject({ type: z.optional(fieldName), externalReference: z.optional(customField) }),
  ),
  /** The statuses a case gets; those of Zoho unless told. */
  statuses: z.optional(z.strictObject({ closed: z.optional(text), reopened: z.optional(text) })),
  /** What Zoho calls the choices of the lists, by their ids; a choice that is not named goes by its label. */
  values: z.optional(z.strictObject({ caseTypes: values, priorities: values, contactMethods: values })),
  /** The lists and limits. */
  vocabulary: z.optional(vocabularySchema),
  /** Whether the replies of the cases of a list are counted: one more request for each case with comments, the first time. */
  countReplies: z.optional(z.boolean()),
  /** Whether the history of tickets is read, which Zoho has but does not describe. */
  history: z.optional(z.boolean()),
  /** Requests under way at once: the plan limits them (Standard 10, Professional 15, Enterprise 25). 5 unless told. */
  concurrency: z.optional(z.number().check(z.int(), z.gte(1), z.lte(50))),
  /** Seconds for which it is remembered which departments an agent has; 60 unless told. */
  rememberSeconds: z.optional(z.number().check(z.gte(0), z.lte(3_600))),
});

/** How a Zoho Desk is reached and what of it is what. */
export type ZohoDeskOptions = z.infer<typeof zohoDeskOptionsSchema> & {
  /** In place of the global one. */
  readonly fetch?: typeof fetch | undefined;
  /** In place of the time of the machine. */
  readonly clock?: (() => number) | undefined;
  /** Waits between tries. */
  readonly pause?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
};
