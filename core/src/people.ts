import * as z from 'zod';
import { idOf, Name } from './id.ts';
import { Label, Text } from './json.ts';
import { Role } from './role.ts';
import { LanguageTag, Skills } from './routing.ts';
import { Moment } from './time.ts';

/** What members say of themselves. Whoever shows no sign of life is offline, whatever they said. */
export const presences = ['online', 'away'] as const;
export type Presence = (typeof presences)[number];
/** The same as others see it. */
export const presence_kinds = [...presences, 'offline'] as const;
/** A desk that showed a sign of life counts as there for so long. */
export const present_ms = 75_000;

/** What a member takes on: how many conversations at once, and which. */
const Abilities = z.object({
  capacity: z.int(),
  skills: z.array(z.string()),
  languages: z.array(z.string()),
});

export const Member = z.object({
  id: idOf('member'),
  name: z.string(),
  email: z.string(),
  role: Role,
  state: z.enum(['active', 'removed']),
  /** Absent until then; what is assigned to them goes to their delegate. */
  away_until: z.string().nullable(),
  delegate_to: z.string().nullable(),
  /** Whether they are at the desk, and take what comes (rule W27). */
  presence: z.enum(presence_kinds),
  ...Abilities.shape,
  /** How many conversations they have, those that are offered to them among them. */
  open_conversations: z.int(),
  created_at: z.string(),
});
export type Member = z.infer<typeof Member>;

export const MemberChange = z.strictObject({
  role: Role.optional(),
  name: Label(200).optional(),
});
export const AbilitiesChange = z.strictObject({
  capacity: z.int().min(0).max(100).optional(),
  skills: Skills.optional(),
  languages: z.array(LanguageTag).max(20).optional(),
});
export type AbilitiesChange = z.infer<typeof AbilitiesChange>;
export const PresenceChange = z.strictObject({ presence: z.enum(presences) });
export const Absence = z.strictObject({
  away_until: Moment.nullable(),
  delegate_to: idOf('member').nullable().default(null),
});

export const InvitationSubmission = z.strictObject({ email: z.email().max(320), role: Role });
export const Invitation = z.object({
  id: idOf('invitation'),
  email: z.string(),
  role: Role,
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
  expires_at: z.string(),
  created_at: z.string(),
  created_by: z.string(),
  /** Shown once, in the answer that makes it: this server sends no mail by itself. */
  link: z.string().optional(),
});
export type Invitation = z.infer<typeof Invitation>;

/** A link by which a member chooses a new password. */
export const ResetLink = z.object({
  id: idOf('invitation'),
  member_id: idOf('member'),
  expires_at: z.string(),
  /** Shown once, in the answer that makes it: this server sends no mail by itself. */
  link: z.string().optional(),
});
export type ResetLink = z.infer<typeof ResetLink>;

/** What a link promises, shown before anyone follows it. */
export const EnrolmentView = z.object({
  kind: z.enum(['admin', 'invitation', 'reset']),
  email: z.string().nullable(),
  role: Role,
  workspace: z.object({ name: z.string() }),
});
export type EnrolmentView = z.infer<typeof EnrolmentView>;

/** A password: long rather than odd (NIST SP 800-63B, 5.1.1). */
export const Password = z.string().min(10, 'at least 10 characters').max(200);
export const SignIn = z.strictObject({ email: z.email().max(320), password: z.string().max(200) });
/** What an admin link or an invitation asks of whoever follows it. */
export const Enrolment = z.strictObject({
  token: z.string().max(200),
  name: Label(200),
  email: z.email().max(320),
  password: Password,
});
/** What a reset link asks of whoever follows it. */
export const PasswordReset = z.strictObject({ token: z.string().max(200), password: Password });
export const PasswordChange = z.strictObject({
  current_password: z.string().max(200),
  new_password: Password,
});

/** Moves a session to another workspace of the same person. */
export const WorkspaceChoice = z.strictObject({ workspace_id: idOf('workspace') });

export const Session = z.object({
  id: idOf('session'),
  current: z.boolean(),
  created_at: z.string(),
  last_seen_at: z.string(),
  expires_at: z.string(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
});
export type Session = z.infer<typeof Session>;

/** Who is signed in, and where. */
export const Me = z.object({
  kind: z.enum(['member', 'key']),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  workspace: z.object({ id: idOf('workspace'), name: z.string() }),
  workspaces: z.array(z.object({ id: idOf('workspace'), name: z.string(), role: Role })),
});
export type Me = z.infer<typeof Me>;

/** `outputs.submit`, `cases.*`: names of actions, or all of a noun. */
export const KeyScope = z
  .string()
  .regex(/^[a-z_]+\.([a-z_]+|\*)$/, 'such as "outputs.submit" or "cases.*"');
export const KeySubmission = z.strictObject({
  name: Label(200),
  role: Role.default('builder'),
  scopes: z.array(KeyScope).min(1).max(50).nullable().default(null),
  expires_at: Moment.nullable().default(null),
});
export const Key = z.object({
  id: idOf('key'),
  name: z.string(),
  role: Role,
  scopes: z.array(z.string()).nullable(),
  /** The first characters, to tell keys apart; the rest is only kept as a hash. */
  prefix: z.string(),
  created_by: z.string(),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
  /** Shown once, in the answer that makes it. */
  key: z.string().optional(),
});
export type Key = z.infer<typeof Key>;

export const QueueDefinition = z.strictObject({
  title: Label(200).optional(),
  description: Text(2_000).optional(),
});
export const Queue = z.object({
  name: Name,
  title: z.string(),
  description: z.string().nullable(),
  waiting: z.int(),
  held: z.int(),
  oldest_at: z.string().nullable(),
  created_at: z.string(),
});
export type Queue = z.infer<typeof Queue>;
