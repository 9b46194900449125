import { expect, test } from 'vitest';
import { moodOf } from './mood.ts';
import { smallTalkOf } from './small-talk.ts';

test.each([
  ['It does not work.', [], 'calm'],
  ['Where is my order? I need the ABC123 today!', [], 'calm'],
  ['Thank you!!!', [], 'tense'],
  ['WHERE IS MY PARCEL', [], 'tense'],
  ['WHERE IS MY PARCEL!!!', [], 'frustrated'],
  ['That is ridiculous', [], 'frustrated'],
  ['Das ist eine Frechheit', [], 'frustrated'],
  ['C’est inacceptable', [], 'frustrated'],
  ['Where is my parcel?', ['where is my parcel'], 'calm'],
  ['Where is my parcel?', ['where is my parcel', 'Where is my parcel!'], 'frustrated'],
  ['yes', ['yes', 'yes', 'yes'], 'calm'],
  ['The scraper of the crapaud', [], 'calm'],
  ['What is the worst case for delivery?', [], 'calm'],
] as const)('[W20] %s after %j sounds %s', (text, before, mood) => {
  expect(moodOf(text, before)).toBe(mood);
});

test.each([
  ['Hello!', 'greeting', 'en'],
  ['Guten Tag', 'greeting', 'de'],
  ['Muchas gracias.', 'thanks', 'es'],
  ['Au revoir', 'goodbye', 'fr'],
  ['Are you a robot?', 'robot', 'en'],
  ['Olá', 'greeting', 'pt'],
  ['grazie mille', 'thanks', 'it'],
  ['مرحبًا!', 'greeting', 'ar'],
  ['شكراً جزيلاً', 'thanks', 'ar'],
  ['No, that will be all. Thank you for your help!', 'thanks', 'en'],
  ["No, that's it for now.", 'goodbye', 'en'],
  ['Great, thanks so much. Bye!', 'goodbye', 'en'],
])('[W21] %s is small talk: %s in %s', (text, kind, language) => {
  expect(smallTalkOf(text)).toEqual({ kind, language });
});

test.each([
  'Thanks, but where is it?',
  'hello where is my order',
  'robot vacuum',
  'No',
  'that is all I needed to return',
  'Thanks for the refund',
  `${'great '.repeat(30)}thanks`,
  '',
])('[W21] %j may ask for something', (text) => {
  expect(smallTalkOf(text)).toBeUndefined();
});
