/** A conversation that stands in the demo workspace from the start. */
export interface DemoChat {
  name: string;
  email: string;
  language: string;
  title: string;
  says: string;
  /** How it stands: the bot has answered, or asked for what a person decides; a person is waited for, or
   *  all is settled. */
  then: 'bot' | 'waits' | 'resolved';
}

/** Invented people; one writes Arabic, one German. */
export const demo_chats: readonly DemoChat[] = [
  {
    name: 'Maeve Tierney',
    email: 'maeve@example.com',
    language: 'en',
    title: 'Cracked lantern',
    says: 'My lantern came with the glass in pieces, it was a birthday present for Saturday. Can you sort out the broken glass before then?',
    then: 'waits',
  },
  {
    name: 'Jonas Brandt',
    email: 'jonas@example.com',
    language: 'de',
    title: 'Rechnung auf Firma',
    says: 'Guten Tag, ich brauche für Bestellung KC-20918 eine Rechnung auf meine Firma. Können Sie das noch ändern?',
    then: 'waits',
  },
  {
    name: 'ليلى حداد',
    email: 'layla@example.com',
    language: 'ar',
    title: 'أين طلبي؟',
    says: 'مرحبا، طلبت إبريق شاي قبل أسبوعين ولم يصل حتى الآن. رقم الطلب KC-20877.',
    then: 'waits',
  },
  {
    name: 'Tom Ashdown',
    email: 'tom@example.com',
    language: 'en',
    title: 'Return within 30 days',
    says: 'How do I return a pan I do not like?',
    then: 'bot',
  },
  {
    name: 'Ines Carvalho',
    email: 'ines@example.com',
    language: 'en',
    title: 'Saturday hours',
    says: 'What time do you close on Saturday?',
    then: 'resolved',
  },
  {
    name: 'Oskar Nyberg',
    email: 'oskar@example.com',
    language: 'en',
    title: 'Rust on a skillet',
    says: 'How do I clean a cast iron pan that is rusty?',
    then: 'resolved',
  },
  {
    name: 'Nora Whelan',
    email: 'nora@example.com',
    language: 'en',
    title: 'A kettle that leaks',
    says: 'I want a refund of €42 for order KC-20655, the kettle arrived damaged',
    then: 'bot',
  },
];
