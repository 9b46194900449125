import * as z from 'zod';
import { WebAddress } from './address.ts';
import { schemaFault } from './arguments.ts';
import { idOf, Name } from './id.ts';
import { Json, JsonObject, Label, Text } from './json.ts';
import type { FieldFault } from './refusal.ts';
import { unaskable } from './slot.ts';
import { day, minute, second } from './time.ts';

/** Who carries a call out: an address that is called once, signed; or a program of yours, which claims
 *  the output and reports what came of it. */
export const CarriedOut = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('http'),
    url: WebAddress,
    timeout_ms: z.int().min(100).max(minute).default(15_000),
    /** Whether a call that is sent twice under one id counts once there. Only then is one tried again
     *  whose result is unknown (rule W53). */
    idempotent: z.boolean().default(false),
  }),
  z.strictObject({
    by: z.literal('claim'),
    /** How long the program may take, to begin and to report. */
    within_ms: z
      .int()
      .min(second)
      .max(7 * day)
      .default(15 * minute),
  }),
]);
export type CarriedOut = z.infer<typeof CarriedOut>;

/** What a bot can do beside talking: each use of it is an output with an action, through its gate. */
export const Tool = z.strictObject({
  /** Of the action, too. */
  name: Name,
  title: Label(200).optional(),
  /** What it does, for the language model that may call it and the person who approves it. */
  description: Text(2_000).min(1),
  arguments_schema: JsonObject,
  /** How a customer is asked for an argument, by its name; else by its title. */
  asks: z.record(Text(100), Text(500).min(1)).default({}),
  /** The gate that judges each call; by the tool's own name, unless told. A new one holds every call. */
  gate: Name.optional(),
  carried_out: CarriedOut,
  /** Whether a customer reads why a person decided against a call. */
  tells_why: z.boolean().default(false),
});
export type Tool = z.infer<typeof Tool>;

export const gateOf = (tool: Tool): string => tool.gate ?? tool.name;

/** What a bot has gathered of a call's arguments so far, kept with the question that it asked. */
export const Gathering = z.object({
  tool: Name,
  topic: Name.optional(),
  arguments: JsonObject,
  /** The argument that was asked for. */
  asks: z.string(),
  /** How many answers were no good. */
  failed: z.int().min(0),
  confidence: z.number().min(0).max(1).optional(),
  /** What is given of the calls of the same tool that are to be asked for after this one. */
  more: z.array(JsonObject).max(10).optional(),
});
export type Gathering = z.infer<typeof Gathering>;

/** What became of a call. `held` waits for a person though its conversation was handed off over it;
 *  `waiting` is decided and not begun, `begun` is under way; from then on it ends
 *  `done`, `failed` (it was not carried out, or said so itself) or `uncertain` (nobody knows whether it
 *  was). `refused` was not approved; `dropped` was not begun, since the conversation went on without it. */
export const call_states = [
  'held',
  'waiting',
  'begun',
  'done',
  'failed',
  'uncertain',
  'refused',
  'dropped',
] as const;
export type CallState = (typeof call_states)[number];

/** The record of a call, made when its output is decided. */
export interface CallRecord {
  workspace_id: string;
  output_id: string;
  conversation_id: string;
  bot: string;
  tool: string;
  /** The wheel's, under which it was asked for. */
  epoch: number;
  for_seq: number;
  state: CallState;
  /** How often it was sent. */
  tries: number;
  result: Json;
  fault: string | null;
  /** Whether the conversation was handed off since nobody decided on it: then no epoch binds it. */
  kept: boolean;
}

/** What a program reports of a call that it claimed. */
export const CallReport = z.strictObject({
  status: z.enum(['done', 'failed']),
  result: Json.optional(),
  /** Why it failed. */
  reason: Text(500).optional(),
});
export type CallReport = z.infer<typeof CallReport>;

export const CallView = z.object({
  output_id: idOf('output'),
  tool: Name,
  state: z.enum(call_states),
});
export type CallView = z.infer<typeof CallView>;

/** The secret that a tool's calls are signed with, shown once. */
export const ToolSecret = z.object({
  secret: z.string(),
  /** Until when the one before signs as well; null when there was none. */
  previous_until: z.string().nullable(),
});
export type ToolSecret = z.infer<typeof ToolSecret>;

/** What a list of tools contradicts itself in, and intents that are bound to them. */
export function toolFaults(
  tools: readonly Tool[],
  intents: readonly { tool?: string | undefined }[],
): FieldFault[] {
  const faults: FieldFault[] = [];
  tools.forEach((tool, at) => {
    const field = `tools.${at}`;
    const { name, arguments_schema: schema, asks } = tool;
    if (tools.findIndex((other) => other.name === name) !== at) {
      faults.push({ field: `${field}.name`, message: 'stands twice' });
    }
    const fault = schemaFault(schema);
    if (fault) faults.push({ field: `${field}.arguments_schema`, message: fault });
    const known = Object.keys((schema.properties as JsonObject | undefined) ?? {});
    for (const asked of Object.keys(asks)) {
      if (known.includes(asked)) continue;
      faults.push({ field: `${field}.asks.${asked}`, message: 'is no argument of this tool' });
    }
  });
  intents.forEach(({ tool: name }, at) => {
    if (name === undefined) return;
    const field = `intents.${at}.tool`;
    const tool = tools.find((one) => one.name === name);
    if (!tool) faults.push({ field, message: 'is no tool of this bot' });
    const hard = tool && unaskable(tool.arguments_schema);
    if (!hard) return;
    const message = `needs “${hard}”, which nobody can be asked for in words: it is a list or an object`;
    faults.push({ field, message });
  });
  return faults;
}
