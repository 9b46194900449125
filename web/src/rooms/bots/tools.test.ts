import { BotDefinition } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { calledBy, carriedOutWords, newTool, whenCalled, withoutTool, withTool } from './tools.ts';

const bot = BotDefinition.parse({
  uses_model: false,
  intents: [
    { name: 'refund', title: 'Returns', examples: ['money back'], answer: 'Paid.', tool: 'pay' },
    { name: 'where', examples: ['where is it'], answer: 'There.' },
  ],
  tools: [
    { ...newTool([]), name: 'pay', description: 'Pays.', carried_out: { by: 'claim' } },
    { ...newTool([]), name: 'look', description: 'Looks.', carried_out: { by: 'claim' } },
  ],
});
const tiesOf = ({ intents }: Pick<BotDefinition, 'intents'>) => intents.map(({ tool }) => tool);
const [pay, look] = bot.tools as [(typeof bot.tools)[number], (typeof bot.tools)[number]];

test('[K75] a tool that is called otherwise keeps its intents, and one that is removed leaves them answering', () => {
  expect(tiesOf(withTool(bot, 0, { ...pay, name: 'pay-back' }))).toEqual(['pay-back', undefined]);
  expect(tiesOf(withTool(bot, 0, { ...pay, description: 'More.' }))).toEqual(['pay', undefined]);
  expect(tiesOf(withoutTool(bot, 0))).toEqual([undefined, undefined]);
  expect(tiesOf(withoutTool(bot, 1))).toEqual(['pay', undefined]);
  // Of two that are called the same while one types, neither takes the other's intents along.
  const twice = { ...bot, tools: [pay, { ...look, name: 'pay' }] };
  expect(tiesOf(withTool(twice, 1, look))).toEqual(['pay', undefined]);
  expect(tiesOf(withoutTool(twice, 1))).toEqual(['pay', undefined]);
  expect(tiesOf({ intents: calledBy(bot.intents, 'look', [1]) })).toEqual(['pay', 'look']);
  expect(tiesOf({ intents: calledBy(bot.intents, 'pay', []) })).toEqual([undefined, undefined]);
});

test('[K75] it is said when a tool is called and by whom it is carried out, and that one never is', () => {
  expect(whenCalled(pay, bot)).toEqual({ words: 'for Returns', alarm: false });
  expect(whenCalled(look, bot)).toEqual({ words: 'nothing calls it', alarm: true });
  expect(whenCalled(look, { ...bot, uses_model: true }).words).toBe('for a language model');
  expect(carriedOutWords(pay)).toBe('by a program of yours');
  expect(carriedOutWords(newTool(bot.tools))).toBe('at no address yet');
  const carried_out = { ...newTool([]).carried_out, url: 'https://shop.example/tools' } as const;
  expect(carriedOutWords({ ...pay, carried_out })).toBe('at shop.example');
  expect(newTool([{ ...pay, name: 'tool-2' }]).name).toBe('tool-3');
});
