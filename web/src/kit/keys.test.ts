import { expect, test } from 'vitest';
import { capsOf, type KeyPress, KeyRegistry, nameOf } from './keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  mod: false,
  alt: false,
  shift: false,
  typing: false,
  on_control: false,
  in_overlay: false,
  ...more,
});

function setUp() {
  const registry = new KeyRegistry();
  const done: string[] = [];
  const act = (key: string, label = key) => ({ key, label, run: () => void done.push(label) });
  return { registry, done, act };
}

test.each([
  [press('a'), 'a'],
  [press('A'), 'a'],
  [press('A', { shift: true }), 'shift+a'],
  [press('?', { shift: true }), '?'],
  [press('k', { mod: true }), 'mod+k'],
  [press('Enter', { mod: true }), 'mod+Enter'],
  [press('ش', { code: 'KeyA' }), 'a'],
  [press('ф', { code: 'KeyA' }), 'a'],
  [press('٣', { code: 'Digit3' }), '3'],
  [press('é', { code: 'Digit2' }), '2'],
])('[K4] a press has one name on every keyboard (%#)', (given, name) => {
  expect(nameOf(given)).toBe(name);
});

test('[K4] the last one registered wins, and what it covered comes back', () => {
  const { registry, done, act } = setUp();
  registry.add([act('a', 'page')]);
  const remove = registry.add([act('a', 'form')]);
  expect(registry.list()).toHaveLength(1);
  registry.press(press('a'), 0);
  remove();
  registry.press(press('a'), 1);
  expect(done).toEqual(['form', 'page']);
});

test('[K4] letters do nothing while typing; keys that say so do', () => {
  const { registry, done, act } = setUp();
  registry.add([act('a'), { ...act('mod+Enter'), in_fields: true }]);
  expect(registry.press(press('a', { typing: true }), 0)).toBe(false);
  expect(registry.press(press('Enter', { typing: true, mod: true }), 0)).toBe(true);
  expect(done).toEqual(['mod+Enter']);
});

test('[K4] while typing, a key passes by what does not act in fields to what does', () => {
  const { registry, done, act } = setUp();
  registry.add([{ ...act('Escape', 'leave the field'), in_fields: true }]);
  registry.add([act('Escape', 'stop editing')]);
  registry.press(press('Escape', { typing: true }), 0);
  registry.press(press('Escape'), 1);
  expect(done).toEqual(['leave the field', 'stop editing']);
});

test('[K4] dialogs and controls keep their own keys', () => {
  const { registry, done, act } = setUp();
  registry.add([act('a'), act('Enter'), act('mod+k')]);
  expect(registry.press(press('a', { in_overlay: true }), 0)).toBe(false);
  expect(registry.press(press('Enter', { on_control: true }), 0)).toBe(false);
  expect(registry.press(press('k', { mod: true, in_overlay: true }), 0)).toBe(true);
  expect(done).toEqual(['mod+k']);
});

test('[K4] two keys in turn, unless too slow or something else came between', () => {
  const { registry, done, act } = setUp();
  registry.add([act('g h'), act('h')]);
  expect(registry.press(press('g'), 0)).toBe(true);
  registry.press(press('h'), 500);
  registry.press(press('g'), 1_000);
  registry.press(press('h'), 9_000);
  registry.press(press('g'), 10_000);
  registry.press(press('x'), 10_100);
  registry.press(press('h'), 10_200);
  expect(done).toEqual(['g h', 'h', 'h']);
});

test('[K4] what is off is listed and does nothing', () => {
  const { registry, done, act } = setUp();
  registry.add([{ ...act('u'), off: true }]);
  expect(registry.press(press('u'), 0)).toBe(true);
  expect(done).toEqual([]);
  expect(registry.list()).toHaveLength(1);
});

test('[K4] single letters can be turned off, and named keys stay', () => {
  const { registry, done, act } = setUp();
  registry.add([act('a'), act('Escape'), act('mod+k')]);
  registry.single_keys = false;
  registry.press(press('a'), 0);
  registry.press(press('Escape'), 0);
  registry.press(press('k', { mod: true }), 0);
  expect(done).toEqual(['Escape', 'mod+k']);
});

test('[K4] whoever watches hears of every change', () => {
  const { registry, act } = setUp();
  let heard = 0;
  const stop = registry.watch(() => heard++);
  const remove = registry.add([act('a')]);
  remove();
  stop();
  registry.add([act('b')]);
  expect(heard).toBe(2);
});

test('keys are drawn cap by cap', () => {
  expect(capsOf('g h')).toEqual(['G', 'H']);
  expect(capsOf('shift+r').at(-1)).toBe('R');
  expect(capsOf('Escape')).toEqual(['Esc']);
});
