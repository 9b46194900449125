import { botWords, openQuestionIn } from '@wheelhouse/core';
import { askBack } from './ask-back.ts';
import type { Reading } from './reading.ts';
import { isSpokenOf, type Part } from './several.ts';
import type { Ground } from './think.ts';
import {
  type Apart,
  type Calling,
  isAct,
  type Open,
  onlyTold,
  ownWords,
  type Thought,
} from './thought.ts';

const longest_quoted = 200;
const most_buttons = 4;
const most_asked = 10;

/** What is said or done, with what was asked along with it and the bot does not know: it says so of each,
 *  in the way in which it treats a single question that it does not know, and a person comes for it where
 *  one would for that (rule W99). What a tool does meanwhile needs the wheel: there a person is offered. */
export function withOpen(
  ground: Ground,
  said: Thought | Calling,
  parts: (Part & { reading: Reading })[],
): Thought | Calling {
  const left = leftOpen(ground, said, parts);
  if (!left.length) return said;
  const open = openOf(ground, said, left);
  const told = onlyTold(said);
  if (told && !told.body) return { ...told, open };
  const { leaves: _, ...offered } = open;
  const apart: Apart = {
    message: ground.message,
    came: { ...ownWords(''), open: offered },
    own: true,
  };
  return { ...said, apart: [...(said.apart ?? []), apart] };
}

/** Questions of which nothing that is said or done speaks, nor what it is known to be asked by. What is
 *  only told asks nothing; and where none of them is known by itself, what they come to together answers
 *  them. */
function leftOpen<One extends Part>({ bot }: Ground, said: Thought | Calling, parts: One[]): One[] {
  if (!parts.some(({ came }) => came)) return [];
  const all = [said, ...(said.apart ?? []).flatMap(({ came, own }) => (own ? [came] : []))];
  const topics = all.flatMap((one) =>
    'other_topics' in one ? [one.topic, ...(one.other_topics ?? [])] : [one.topic],
  );
  const known = bot.definition.intents.flatMap(({ name, examples }) =>
    topics.includes(name) ? examples : [],
  );
  const told = [...all.map((one) => onlyTold(one)?.text ?? ''), ...known].join('\n');
  return parts.filter(({ asked, came }) => {
    const question = openQuestionIn(asked);
    return !came && question !== undefined && !isSpokenOf(question, told);
  });
}

function openOf(
  ground: Ground,
  said: Thought | Calling,
  left: (Part & { reading: Reading })[],
): Open {
  const { turn, contact } = ground;
  const words = botWords(turn.language ?? contact?.language);
  const asked = left.slice(0, most_asked).map(({ asked: one }) => openQuestionIn(one) ?? one);
  const ways = left.map((part) => askBack({ ...ground, asked: part.asked }, part.reading));
  const leaves = ways.find((way) => 'reason' in way);
  const told = onlyTold(said);
  // What is answered already is no choice.
  const known = [told?.topic, ...(told?.other_topics ?? [])];
  const taken = ground.bot.definition.intents.flatMap(({ name, examples }) =>
    known.includes(name) ? examples.slice(0, 1) : [],
  );
  const cited = told?.citations.map(({ title }) => title.split(' › ')[0]) ?? [];
  const topics = ways.flatMap((way) =>
    'body' in way && way.body?.kind === 'buttons'
      ? way.body.buttons.filter(
          ({ value }) => value && !taken.includes(value) && !cited.includes(value),
        )
      : [],
  );
  const distinct = topics.filter(
    ({ label }, at) => topics.findIndex((one) => one.label === label) === at,
  );
  const quoted = asked.map((one) => `“${one.trim().slice(0, longest_quoted)}”`).join(' ');
  const person = { label: words.person };
  // What a tool does needs the wheel to stay.
  const comes = leaves && !isAct(said);
  const then = comes ? words.passed_on : distinct.length ? words.clarify : words.reword;
  return {
    asked,
    words: `${words.unknown} ${quoted}\n${then}`,
    buttons: comes ? [] : [...(leaves ? [] : distinct.slice(0, most_buttons - 1)), person],
    ...(comes ? { leaves } : {}),
  };
}
