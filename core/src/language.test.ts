import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languageAfter, languageOf } from './language.ts';

test.each([
  ['Where is my order?', 'en'],
  ['I have not received the parcel yet', 'en'],
  ['Can you tell me when it will be here?', 'en'],
  ['Wo ist meine Bestellung?', 'de'],
  ['Ich habe die Lampe noch nicht bekommen', 'de'],
  ['Kann ich das zurückgeben und wie lange habe ich Zeit', 'de'],
  ['Où est ma commande ?', 'fr'],
  ['Je n’ai pas encore reçu le colis', 'fr'],
  ['Comment puis-je changer mon adresse', 'fr'],
  ['¿Dónde está mi pedido?', 'es'],
  ['Todavía no he recibido el paquete', 'es'],
  ['Quiero cambiar mi dirección, ¿cómo puedo hacerlo?', 'es'],
  ['Dove è il mio ordine?', 'it'],
  ['Non ho ancora ricevuto il pacco', 'it'],
  ['Vorrei sapere come posso cambiare la lampada', 'it'],
  ['Onde está a minha encomenda? Não chegou', 'pt'],
  ['Ainda não recebi o meu pedido', 'pt'],
  ['Quero saber quando posso trocar um candeeiro', 'pt'],
  ['Waar is mijn bestelling? Ik heb nog niets gekregen', 'nl'],
  ['combien de temps prend la livraison en France ?', 'fr'],
  ["l'adresse de livraison est fausse", 'fr'],
  ['donde esta mi pedido', 'es'],
  ['Где мой заказ', 'ru'],
  ['Де моє замовлення', 'uk'],
  ['Gdzie jest moja paczka', 'pl'],
  ['Siparişim nerede, ne zaman gelecek', 'tr'],
  ['أين طلبي؟', 'ar'],
  ['注文はどこですか', 'ja'],
  ['我的订单在哪里', 'zh'],
  ['Πού είναι η παραγγελία μου;', 'el'],
])('[W47] %j is written in %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});

test.each(['', 'ok', 'refund please', 'A-4471', 'Kim', 'no', '👍', 'Поръчка', 'kim@x.org'])(
  '[W47] of %j the language stays undecided',
  (text) => {
    expect(languageOf(text)).toBeNull();
    expect(languageAfter('it', text)).toBe('it');
  },
);

test('[W47] a conversation follows its customer, and keeps the country of a language', () => {
  expect(languageAfter('en-GB', 'Wo ist meine Bestellung?')).toBe('de');
  expect(languageAfter('de-AT', 'Wo ist meine Bestellung?')).toBe('de-AT');
  expect(languageAfter(null, 'Where is my order?')).toBe('en');
});

test('[W47] whatever is written, the answer is a tag or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(languageOf(text) ?? 'en').toMatch(/^[a-z]{2}$/);
    }),
  );
});
