import type {
  Article,
  ArticleFileQuery,
  ArticleFileReport,
  ArticleFilter,
  ArticleRow,
  ArticleSubmission,
  Bot,
  BotDefinition,
  BriefView,
  CannedReply,
  CannedReplyDefinition,
  Contact,
  ContactChange,
  ContactFilter,
  ContactView,
  Conversation,
  ConversationChange,
  ConversationCounts,
  ConversationFilter,
  ConversationReport,
  ConversationRow,
  ConversationSubmission,
  Crawl,
  CrawlReport,
  HandBackSubmission,
  HandOffSubmission,
  IdentitySecret,
  Knowledge,
  LiveView,
  Looking,
  LookingSubmission,
  MergeSubmission,
  Message,
  MessageSubmission,
  Page,
  Preference,
  PreferenceFilter,
  Rating,
  RatingFilter,
  ReportFilter,
  ResolveSubmission,
  SearchHit,
  SnoozeSubmission,
  Summary,
  TakeSubmission,
  ToolSecret,
  Transcript,
  TranscriptFormat,
  Translation,
  TranslationSubmission,
  Trial,
  TrialSubmission,
  WhisperSubmission,
} from '@wheelhouse/core';
import { type CallOptions, path, type Transport } from './request.ts';
import type { Input, Options } from './rooms.ts';

/** The files that articles are made of. */
export type FileType = 'text/markdown' | 'text/html' | 'text/csv' | 'application/pdf';

/** What a team does with a conversation beside talking in it. */
const keepingCalls = ({ call }: Transport) => ({
  /** The conversation as the words of a file: as text unless told, as Markdown or as JSON, and with the
   *  team's notes where they are asked for. */
  transcript: async (
    id: string,
    query: { format?: TranscriptFormat; notes?: boolean } = {},
    options?: Options,
  ): Promise<string> => {
    const asked = { query, ...options };
    const file = await call<unknown>('GET', path`/conversations/${id}/transcript`, asked);
    return typeof file === 'string' ? file : JSON.stringify(file, null, 2);
  },
  /** Changes what the team keeps of it: title, priority, labels, language, the bot's posture. */
  change: (id: string, body: Input<typeof ConversationChange>, options?: Options) =>
    call<Conversation>('PATCH', path`/conversations/${id}`, { body, ...options }),
  /** Puts it aside until a moment; it comes back then, or when the customer writes. */
  snooze: (id: string, body: Input<typeof SnoozeSubmission>, options?: Options) =>
    call<Conversation>('POST', path`/conversations/${id}/snooze`, { body, ...options }),
  unsnooze: (id: string, options?: Options) =>
    call<Conversation>('POST', path`/conversations/${id}/unsnooze`, options),
  /** Lets it go on in another one of the same customer: what is written to it stands there from now on.
   *  @returns the one that goes on */
  merge: (id: string, body: Input<typeof MergeSubmission>, options?: Options) =>
    call<Conversation>('POST', path`/conversations/${id}/merge`, { body, ...options }),
  /** Erases it for good, with all that was made of it; that it was, when and whose stays. */
  erase: (id: string, options?: Options) =>
    call<Conversation>('POST', path`/conversations/${id}/erase`, options),
});

/** Conversations, and who has the wheel of each. */
export const conversationCalls = (transport: Transport) => ({
  ...keepingCalls(transport),
  ...talkingCalls(transport),
});

const talkingCalls = ({ call }: Transport) => ({
  /** Begins a conversation with a contact; sent again with the same `id` it is the same one. */
  open: (body: Input<typeof ConversationSubmission> = {}, options?: Options) =>
    call<Conversation>('POST', '/conversations', { body, ...options }),
  list: (filter: Input<typeof ConversationFilter> = {}, options?: Options) =>
    call<Page<ConversationRow>>('GET', '/conversations', {
      query: filter as CallOptions['query'],
      ...options,
    }),
  /** Its newest messages, or those after or before a number. */
  read: (id: string, place: { after?: number; before?: number } = {}, options?: Options) =>
    call<Transcript>('GET', path`/conversations/${id}`, { query: place, ...options }),
  /** What whoever took over last was told of it. */
  brief: (id: string, options?: Options) =>
    call<BriefView>('GET', path`/conversations/${id}/brief`, options),
  /** What happened while a person had the wheel, as it would be given back with; in a language model's
   *  words with `model`, where there is one. */
  summary: (id: string, query: { model?: boolean } = {}, options?: Options) =>
    call<Summary>('GET', path`/conversations/${id}/summary`, { query, ...options }),
  /** What the bot knows of what was asked last, or of what you look for (`q`). */
  knowledge: (id: string, query: { q?: string; model?: boolean } = {}, options?: Options) =>
    call<Knowledge>('GET', path`/conversations/${id}/knowledge`, { query, ...options }),
  /** Takes the wheel: no word of the bot's comes after the answer to this. */
  take: (id: string, options?: Options & Input<typeof TakeSubmission>) => {
    const { force = false, note, ...rest } = options ?? {};
    return call<Conversation>('POST', path`/conversations/${id}/take`, {
      body: { force, ...(note === undefined ? {} : { note }) },
      ...rest,
    });
  },
  /** A lead's note to the member who has the wheel, for them alone. */
  whisper: (id: string, body: Input<typeof WhisperSubmission>, options?: Options) =>
    call<Message>('POST', path`/conversations/${id}/whisper`, { body, ...options }),
  /** Gives the wheel back to the bot, with what happened meanwhile. */
  handBack: (id: string, body: Input<typeof HandBackSubmission> = {}, options?: Options) =>
    call<Conversation>('POST', path`/conversations/${id}/hand-back`, { body, ...options }),
  /** Asks for a person, or for another one: for a colleague, by `member_id`, or for whoever is in a
   *  queue, with a note that says why. */
  handOff: (id: string, body: Input<typeof HandOffSubmission> = {}, options?: Options) =>
    call<Conversation>('POST', path`/conversations/${id}/hand-off`, { body, ...options }),
  /** Finds them by what was said and by whom they are with; a customer has no search. */
  search: (q: string, limit = 20, options?: Options) =>
    call<{ rows: SearchHit[] }>('GET', '/conversation-search', { query: { q, limit }, ...options }),
  /** How many wait, are yours, are with a bot, are open. */
  counts: (options?: Options) =>
    call<ConversationCounts>('GET', '/conversation-counts', { ...options }),
  /** What customers said at the end of conversations, newest first. */
  ratings: (filter: Input<typeof RatingFilter> = {}, options?: Options) =>
    call<Page<Rating>>('GET', '/ratings', { query: filter as CallOptions['query'], ...options }),
  /** Says that a member has it open, and whether they write; again every ten seconds. */
  look: (id: string, body: Input<typeof LookingSubmission> = {}, options?: Options) =>
    call<Looking>('POST', path`/conversations/${id}/looking`, { body, ...options }),
  /** Says how far the team has read it. */
  readUpTo: (id: string, seq: number, options?: Options) =>
    call<void>('POST', path`/conversations/${id}/read`, { body: { seq }, ...options }),
  /** Ends it; the customer's next word opens it again. With `seen_seq`, the last message that you read,
   *  it is refused when the customer has written since. */
  resolve: (id: string, options?: Options & Input<typeof ResolveSubmission>) => {
    const { seen_seq, ...rest } = options ?? {};
    return call<Conversation>('POST', path`/conversations/${id}/resolve`, {
      ...(seen_seq === undefined ? {} : { body: { seen_seq } }),
      ...rest,
    });
  },
});

export const contactCalls = ({ call }: Transport) => ({
  /** Who a contact is, by which channels they come, and how many conversations they had. */
  read: (id: string, options?: Options) => call<ContactView>('GET', path`/contacts/${id}`, options),
  /** Who is known, who came last first: all of them, those of a word, or the one of an `external_id`. */
  list: (filter: Input<typeof ContactFilter> = {}, options?: Options) =>
    call<Page<Contact>>('GET', '/contacts', {
      query: filter as CallOptions['query'],
      ...options,
    }),
  /** Writes down what they say of themselves: what is left out stays, null takes away, and of the
   *  attributes those that are named change. What the host vouches for is refused, by field. */
  change: (id: string, body: Input<typeof ContactChange>, options?: Options) =>
    call<ContactView>('PATCH', path`/contacts/${id}`, { body, ...options }),
  /** Erases a contact for good, with every conversation they had. */
  erase: (id: string, options?: Options) =>
    call<Contact>('POST', path`/contacts/${id}/erase`, options),
});

/** What goes on in all conversations, for leads and above. */
export const liveCalls = ({ call }: Transport) => ({
  read: (options?: Options) => call<LiveView>('GET', '/live', options),
});

/** What conversations came to, for leads and above. */
export const reportCalls = ({ call }: Transport) => ({
  conversations: (filter: Input<typeof ReportFilter>, options?: Options) =>
    call<ConversationReport>('GET', '/reports/conversations', {
      query: filter as CallOptions['query'],
      ...options,
    }),
  /** Which of two answers customers found better, as data to train on, the newest question first. */
  preferences: (filter: Input<typeof PreferenceFilter> = {}, options?: Options) =>
    call<Page<Preference>>('GET', '/preferences', {
      query: filter as CallOptions['query'],
      ...options,
    }),
});

export const messageCalls = ({ call }: Transport) => ({
  /** Says something: as a member, or for the customer (`from: 'contact'`). What a program says itself
   *  is an output: `outputs.submit` with the `conversation_id`. */
  send: (conversation_id: string, body: Input<typeof MessageSubmission>, options?: Options) =>
    call<Message>('POST', path`/conversations/${conversation_id}/messages`, { body, ...options }),
  /** Puts a text into another language, by the language model; nothing of it is kept. */
  translate: (body: Input<typeof TranslationSubmission>, options?: Options) =>
    call<Translation>('POST', '/translations', { body, ...options }),
});

export const fileCalls = ({ call }: Transport) => ({
  /** Erases a file that was shared, for good. */
  erase: (id: string, options?: Options) => call<void>('POST', path`/files/${id}/erase`, options),
});

export const articleCalls = ({ call }: Transport) => ({
  list: (bot: string, query: Input<typeof ArticleFilter> = {}, options?: Options) =>
    call<Page<ArticleRow>>('GET', path`/bots/${bot}/articles`, {
      query: query as CallOptions['query'],
      ...options,
    }),
  read: (bot: string, article: string, options?: Options) =>
    call<Article>('GET', path`/bots/${bot}/articles/${article}`, options),
  /** Writes an article, or a new version of it. */
  change: (
    bot: string,
    article: string,
    body: Input<typeof ArticleSubmission>,
    options?: Options & { if_version?: number },
  ) => {
    const { if_version, ...rest } = options ?? {};
    const query = { if_version };
    return call<Article>('PUT', path`/bots/${bot}/articles/${article}`, { body, query, ...rest });
  },
  /** Makes articles of a file; sent again under its name, it changes those it made before. */
  upload: (
    bot: string,
    given: Input<typeof ArticleFileQuery> & {
      file: string;
      content_type: FileType;
      content: string | Uint8Array;
    },
    options?: Options,
  ) => {
    const { content_type, content, ...query } = given;
    const ask = { body: content, content_type, query, ...options };
    return call<ArticleFileReport>('POST', path`/bots/${bot}/articles`, ask);
  },
  accept: (bot: string, article: string, options?: Options) =>
    call<Article>('POST', path`/bots/${bot}/articles/${article}/accept`, options),
  /** Retires an article, or turns a candidate down. */
  remove: (bot: string, article: string, options?: Options) =>
    call<Article>('DELETE', path`/bots/${bot}/articles/${article}`, options),
});

/** Articles made of addresses. */
export const crawlCalls = ({ call }: Transport) => ({
  /** Fetches the addresses one after the other, and makes an article of each. */
  start: (bot: string, addresses: string[], options?: Options) =>
    call<Crawl>('POST', path`/bots/${bot}/crawls`, { body: { addresses }, ...options }),
  list: (bot: string, options?: Options) =>
    call<{ rows: Crawl[] }>('GET', path`/bots/${bot}/crawls`, options),
  /** What became of each address. */
  read: (bot: string, crawl: string, options?: Options) =>
    call<CrawlReport>('GET', path`/bots/${bot}/crawls/${crawl}`, options),
  cancel: (bot: string, crawl: string, options?: Options) =>
    call<Crawl>('POST', path`/bots/${bot}/crawls/${crawl}/cancel`, options),
});

export const botCalls = ({ call }: Transport) => ({
  list: (options?: Options) => call<{ rows: Bot[] }>('GET', '/bots', options),
  read: (bot: string, options?: Options) => call<Bot>('GET', path`/bots/${bot}`, options),
  /** Creates a bot, or changes it: a new version. */
  change: (
    bot: string,
    body: Input<typeof BotDefinition>,
    options?: Options & { if_version?: number },
  ) => {
    const { if_version, ...rest } = options ?? {};
    return call<Bot>('PUT', path`/bots/${bot}`, { body, query: { if_version }, ...rest });
  },
  /** What it would say to a message, and why; nothing is stored or sent. */
  try: (bot: string, body: Input<typeof TrialSubmission>, options?: Options) =>
    call<Trial>('POST', path`/bots/${bot}/try`, { body, ...options }),
  /** Stops a bot, or all: once this is answered none speaks or acts. @returns which it stopped */
  stop: (bot?: string, options?: Options) =>
    call<{ bots: string[] }>('POST', '/stop-bots', { body: bot ? { bot } : {}, ...options }),
  resume: (bot?: string, options?: Options) =>
    call<{ bots: string[] }>('POST', '/resume-bots', { body: bot ? { bot } : {}, ...options }),
  /** Makes the secret that a host signs its customers' identities with; it is shown this once. */
  makeIdentitySecret: (bot: string, options?: Options) =>
    call<IdentitySecret>('POST', path`/bots/${bot}/identity-secret`, options),
  /** Makes the secret that signs a tool's calls anew; it is shown this once. */
  makeToolSecret: (bot: string, tool: string, options?: Options) =>
    call<ToolSecret>('POST', path`/bots/${bot}/tools/${tool}/secret`, options),
});

export const cannedReplyCalls = ({ call }: Transport) => ({
  list: (options?: Options) => call<{ rows: CannedReply[] }>('GET', '/canned-replies', options),
  /** Keeps a reply for reuse, or changes it. */
  change: (name: string, body: Input<typeof CannedReplyDefinition>, options?: Options) =>
    call<CannedReply>('PUT', path`/canned-replies/${name}`, { body, ...options }),
  remove: (name: string, options?: Options) =>
    call<void>('DELETE', path`/canned-replies/${name}`, options),
});
