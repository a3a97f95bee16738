import type { Limits, Settings } from '../../../src/contract/settings.js';
import type { Actor, CallContext } from '../../backend.js';
import { createKeptAnswers, type KeptAnswers } from '../kept-answers.js';
import { settingsOf } from '../vocabulary.js';
import { createDirectory, type Directory } from './directory.js';
import { statusesOf, type RequestTrackerSetup, type Statuses } from './options.js';
import { priorityScale, type PriorityScale } from './priorities.js';
import { createTracker, type Tracker } from './tracker.js';
import { createUploads, type Uploads } from './uploads.js';

/** What all calls stand on: the connection, the configuration, and what is known of people and queues. */
export interface Desk {
  readonly setup: RequestTrackerSetup;
  readonly tracker: Tracker;
  readonly directory: Directory;
  readonly settings: Settings;
  readonly limits: Limits;
  readonly statuses: Statuses;
  readonly priorities: PriorityScale;
  readonly answers: KeptAnswers;
  readonly uploads: Uploads;
}

/** The caller with the name Request Tracker knows them by. */
export interface Reader {
  readonly actor: Actor;
  readonly user: string;
  readonly realName: string;
  readonly context: CallContext;
}

/** Sets up everything but the connection, which the first call opens. */
export function createDesk(setup: RequestTrackerSetup): Desk {
  const { clock = Date.now } = setup;
  const tracker = createTracker(setup);
  const settings = settingsFor(setup);
  return {
    setup,
    tracker,
    directory: createDirectory(tracker, setup, clock),
    settings,
    limits: settings.limits,
    statuses: statusesOf(setup),
    priorities: priorityScale(settings.priorities, setup.priorities),
    answers: createKeptAnswers(10_000, clock),
    uploads: createUploads(settings.limits, clock),
  };
}

/** Who calls, as Request Tracker knows them. */
export async function readerOf({ tracker }: Desk, context: CallContext): Promise<Reader> {
  const { user } = await tracker.session(context);
  return { actor: context.actor, user: user.Name, realName: user.RealName || context.actor.name, context };
}

/** A field that tickets have no place for cannot be asked of anybody. */
function settingsFor({ vocabulary, fields = {} }: RequestTrackerSetup): Settings {
  const settings = settingsOf(vocabulary);
  const unheld = (['type', 'contactMethod', 'tags'] as const).filter((name) => fields[name] === undefined);
  const newCase = settings.requiredFields.newCase.filter((name) => !unheld.some((each) => each === name));
  return {
    ...settings,
    ...(fields.type === undefined && { caseTypes: [] }),
    ...(fields.contactMethod === undefined && { contactMethods: [] }),
    requiredFields: { newCase },
  };
}
