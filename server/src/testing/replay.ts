import {
  type Article,
  ArticleSubmission,
  type Bot,
  BotDefinition,
  fromMs,
  judge,
  type Message,
  type MessageBody,
  type Policy,
} from '@wheelhouse/core';
import { askedIn } from '../actions/ground.ts';
import { mindOf } from '../actions/mind.ts';
import { type Ground, type Thought, think } from '../actions/think.ts';
import { in_process } from './start.ts';

/** What was said in a dialogue before, oldest first. */
export interface Said {
  from: 'contact' | 'bot';
  body: MessageBody;
}

/** What became of a customer's turn. `said` is what the bot says, or would if it may. */
export interface Replayed {
  came_to: 'answered' | 'small_talk' | 'drafted' | 'asked_back' | 'handed_off';
  said: Thought | undefined;
}

const workspace_id = 'ws_replay';
const now = fromMs(Date.UTC(2026, 0, 2));

/** A bot that thinks as it does in a conversation, by the very code, of turns that were recorded
 *  elsewhere: nothing is stored and no customer waits.
 *  @param given what the bot's definition and its articles hold; articles by name */
export async function replayer(given: {
  bot: Parameters<typeof BotDefinition.parse>[0];
  articles?: Record<string, { title: string; text: string }>;
}) {
  const bot = botOf(BotDefinition.parse(given.bot));
  const articles = Object.entries(given.articles ?? {}).map(articleOf);
  const mind = await mindOf({ trainer: in_process }, bot, { edition: bot.version, articles });
  const minds = { of: async () => mind };
  return {
    mind,
    /** @param change of the bot's definition, for this turn */
    async think(asked: string, earlier: readonly Said[] = [], change: Partial<BotDefinition> = {}) {
      const as_now = { ...bot, definition: { ...bot.definition, ...change } };
      return think({ minds }, groundOf(as_now, asked, earlier));
    },
  };
}
export type Replayer = Awaited<ReturnType<typeof replayer>>;

/** What a thought comes to at a gate with this policy. */
export function judged(policy: Policy, thought: Awaited<ReturnType<Replayer['think']>>): Replayed {
  if ('reason' in thought) return { came_to: 'handed_off', said: undefined };
  // A new tool's gate holds every call of it.
  if ('tool' in thought) return { came_to: 'drafted', said: undefined };
  const { body, text, confidence, topic, citations } = thought;
  if (body?.kind === 'buttons') return { came_to: 'asked_back', said: thought };
  // Words of its own on nobody's matter.
  if (topic === undefined && !citations.length) return { came_to: 'small_talk', said: thought };
  const { verdict } = judge(policy, { content: text, confidence }, 1);
  return { came_to: verdict === 'pass' ? 'answered' : 'drafted', said: thought };
}

const botOf = (definition: BotDefinition): Bot => ({
  name: 'replayed',
  title: 'Replayed',
  version: 1,
  definition,
  updated_at: now,
  updated_by: 'replay',
  stopped_at: null,
  stopped_by: null,
});

const articleOf = ([name, given]: [string, { title: string; text: string }]): Article => ({
  ...ArticleSubmission.parse(given),
  bot: 'replayed',
  name,
  source: 'paste',
  state: 'live',
  version: 1,
  hash: '',
  conversation_id: null,
  origin: null,
  updated_at: now,
  updated_by: 'replay',
});

function groundOf(bot: Bot, asked: string, earlier: readonly Said[]): Ground {
  const messages = [...earlier, { from: 'contact', body: { kind: 'text', text: asked } } as Said];
  const told = messages.map(messageOf);
  const message = told.at(-1) as Message;
  return {
    scope: { workspace_id },
    turn: {
      workspace_id,
      id: 'conv_replay',
      bot: bot.name,
      epoch: 1,
      contact_id: 'cont_replay',
      posture: null,
      language: null,
      turn_seq: told.length,
    },
    bot,
    contact: undefined,
    labels: [],
    input: {},
    ...askedIn([message], message),
    message,
    earlier: told.slice(0, -1),
    summaries: [],
    given_back: false,
    gathering: undefined,
    now,
  };
}

const messageOf = ({ from, body }: Said, at: number): Message => ({
  id: `msg_${at}`,
  conversation_id: 'conv_replay',
  seq: at + 1,
  author_kind: from,
  author_id: from,
  author_name: null,
  audience: 'all',
  body,
  output_id: null,
  approved_by: null,
  whisper_to: null,
  citations: [],
  cut: false,
  at: now,
});
