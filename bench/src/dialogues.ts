import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededChance, shuffle } from '@wheelhouse/core/learn';
import { replayer, type Said } from '@wheelhouse/server/testing/replay';
import { intentsOf, type Turn } from './turn.ts';

const text = (from: Said['from'], words: string): Said => ({
  from,
  body: { kind: 'text', text: words },
});

interface SchemaTurn {
  speaker: 'USER' | 'SYSTEM';
  text: string;
  intent: string | null;
  acts: [name: string, slot: string, values: string[]][];
}

const polite = ['THANK_YOU', 'GOODBYE'];

/** The intent that a turn goes on with; null where it asks for nothing any more. */
const meantBy = ({ intent, acts }: SchemaTurn): string | null =>
  intent === 'NONE' || acts.every(([name]) => polite.includes(name)) ? null : intent;

/** Schema-Guided dialogues: each is replayed by a bot that learned from the four fifths that it is not
 *  in. What a turn is about is the intent that was active; where none was, and where there are only
 *  thanks, nothing is to be answered but small talk. */
export async function schemaGuided(data: string): Promise<Turn[]> {
  const lines = readFileSync(join(data, 'sgd_dialogues/dialogues.jsonl'), 'utf8').split('\n');
  const dialogues = lines
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { turns: SchemaTurn[] }).turns);
  const folds = 5;
  const order = shuffle(Int32Array.from(dialogues.keys()), seededChance(1));
  const found: Turn[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const left_out = new Set(order.filter((_, at) => at % folds === fold));
    const examples = dialogues
      .filter((_, at) => !left_out.has(at))
      .flat()
      .flatMap((turn) => {
        const label = turn.speaker === 'USER' && meantBy(turn);
        return label ? [{ text: turn.text, label }] : [];
      });
    const bot = await replayer({ bot: { intents: intentsOf(examples) } });
    for (const at of left_out) {
      for (const [nth, turn] of (dialogues[at] ?? []).entries()) {
        if (turn.speaker !== 'USER') continue;
        const before = (dialogues[at] ?? []).slice(0, nth);
        const earlier = before.map((one) =>
          text(one.speaker === 'USER' ? 'contact' : 'bot', one.text),
        );
        found.push({ bot, asked: turn.text, earlier, meant: meantBy(turn) });
      }
    }
  }
  return found;
}

type Sub = Record<string, unknown>;

/** ABCD: its guidelines are the bot's articles, and what its customers write in the three recorded
 *  conversations is asked, each about the one of the 55 procedures that the agent followed. */
export async function abcd(data: string): Promise<Turn[]> {
  const read = <Shape>(name: string) =>
    JSON.parse(readFileSync(join(data, 'abcd_service', name), 'utf8')) as Shape;
  const guidelines = read<Record<string, { subflows: Record<string, Sub> }>>('guidelines.json');
  const ontology = read<{ intents: { subflows: Record<string, string[]> } }>('ontology.json');
  const sample =
    read<{ scenario: { flow: string; subflow: string }; original: [string, string][] }[]>(
      'abcd_sample.json',
    );
  const articles = Object.fromEntries(
    Object.values(guidelines).flatMap(({ subflows }) =>
      Object.entries(subflows).map(([title, sub], at) => [
        `${nameOf(title)}-${at}`,
        { title, text: wordsIn(sub).join('\n\n') },
      ]),
    ),
  );
  const bot = await replayer({ bot: {}, articles });
  return sample.flatMap(({ scenario: { flow, subflow }, original }) => {
    const meant = titleOf(guidelines, ontology.intents.subflows, flow, subflow);
    return original.flatMap(([who, words], at): Turn[] => {
      if (who !== 'customer') return [];
      const earlier = original
        .slice(0, at)
        .filter(([by]) => by !== 'action')
        .map(([by, said]) => text(by === 'customer' ? 'contact' : 'bot', said));
      return [{ bot, asked: words, earlier, meant }];
    });
  });
}

const nameOf = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** The title that the guidelines have for a procedure: both list them in the same order. */
function titleOf(
  guidelines: Record<string, { subflows: Record<string, Sub> }>,
  ontology: Record<string, string[]>,
  flow: string,
  subflow: string,
): string {
  const named = Object.entries(guidelines).find(
    ([title]) => nameOf(title) === flow.replaceAll('_', '-'),
  );
  const place = (ontology[flow] ?? []).indexOf(subflow.replace(/_\d+$/, ''));
  const title = Object.keys(named?.[1].subflows ?? {})[place];
  if (title === undefined) throw new Error(`ABCD has no guideline for ${flow} ${subflow}`);
  return title;
}

/** All sentences of a guideline, in order. */
const wordsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.includes(' ') ? [value] : [];
  return value && typeof value === 'object' ? Object.values(value).flatMap(wordsIn) : [];
};
