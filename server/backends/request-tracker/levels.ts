/** What a group on a ticket may do is what its role was given in Request Tracker: one role works on it, one reads. */
const roles = { full: 'AdminCc', 'read-only': 'Cc' } as const;

/** How far a case is shared with a department. */
export type ShareLevel = keyof typeof roles;
/** The role of a ticket that stands for a level. */
export type ShareRole = (typeof roles)[ShareLevel];

/** The levels, the widest first. */
export const shareLevels = Object.keys(roles) as ShareLevel[];

export function roleOf(level: string): ShareRole | undefined {
  return Object.hasOwn(roles, level) ? roles[level as ShareLevel] : undefined;
}

export function levelOf(role: string): ShareLevel | undefined {
  return shareLevels.find((level) => roles[level] === role);
}
