import { expect, test } from 'vitest';
import { callsOff, letsBe } from './calling-off.ts';

test.each([
  'Cancel',
  'never mind!',
  'Abbrechen bitte',
  'olvídalo',
  'forget it.',
  'لا داعي',
  '取消',
])('[W52] “%s” calls it off', (text) => expect(callsOff(text)).toBe(true));
test.each(['cancel my order', 'stop sending mails', 'LH-12345', ''])(
  '[W52] “%s” calls nothing off',
  (text) => expect(callsOff(text)).toBe(false),
);

test.each([
  ['Never mind.', 'en'],
  ['ok, nvm', 'en'],
  ['oh, it doesn’t matter, thanks', 'en'],
  ['Schon gut, danke', 'de'],
  ['Ach, nicht so wichtig', 'de'],
  ['Laissez tomber', 'fr'],
  ['Ce n’est pas grave, merci', 'fr'],
  ['No importa', 'es'],
  ['Lascia stare', 'it'],
  ['Deixa pra lá', 'pt'],
  ['انسَ الأمر', 'ar'],
  ['算了', 'zh'],
  ['もういいです', 'ja'],
  ['괜찮아요', 'ko'],
  ['Неважно, спасибо', 'ru'],
  ['Неважливо', 'uk'],
  ['Nieważne', 'pl'],
  ['Boş ver', 'tr'],
  ['कोई बात नहीं', 'hi'],
])('[W106] who says “%s” lets it be, in %s', (text, language) => {
  expect(letsBe(text)).toBe(language);
});

test.each([
  'cancel',
  'stop',
  'never mind the colour, where is it?',
  'I forgot it',
  'leave it at the door',
  'it does not matter which colour, when will it come',
  'gut',
  'ok',
  'thanks',
  'das ist egal welche Farbe',
  '',
])('[W106] who says “%s” does not', (text) => {
  expect(letsBe(text)).toBeUndefined();
});
