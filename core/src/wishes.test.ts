import { describe, expect, test } from 'vitest';
import { asksForPerson } from './asks.ts';
import { smallTalkOf } from './small-talk.ts';
import { wishes } from './wishes.ts';

interface Said {
  asks: string[];
  asks_not: string[];
  greeting: string[];
  thanks: string[];
}

const said: Record<string, Said> = {
  zh: {
    asks: [
      '我要人工客服',
      '转人工',
      '請轉接真人客服',
      '我想和人工客服说话',
      '可以找个真人聊吗？',
      '人工',
      '你好，转人工！',
      '请给我回电话',
      '为什么不能转人工？',
    ],
    asks_not: [
      '我不想找客服',
      '不要转人工',
      '我和客服说过了',
      '快递员会给我打电话吗',
      '如何退货？',
      '需要人工审核吗',
      '两个人住的房间',
    ],
    greeting: ['你好', '您好！'],
    thanks: ['谢谢', '非常感谢！'],
  },
  ja: {
    asks: [
      '人と話したい',
      '担当者につないでください',
      'オペレーターをお願いします',
      'オペレーターに代わっていただけますか',
      '人間の方と話したいです',
      '有人対応をお願いします',
      '担当者',
      '電話してください',
    ],
    asks_not: [
      '人とは話したくないです',
      'オペレーターにつながなくていいです',
      'さっき担当者と話しました',
      '一人で使えますか',
      '電話番号は何ですか',
      '返品したいのですが',
    ],
    greeting: ['こんにちは', 'おはようございます！'],
    thanks: ['ありがとうございます', 'ありがとう'],
  },
  ko: {
    asks: ['상담원 연결해 주세요', '사람과 이야기하고 싶어요', '상담원', '저한테 전화 주세요'],
    asks_not: [
      '상담원과 통화하고 싶지 않아요',
      '어제 상담원과 통화했어요',
      '세 사람이 쓸 수 있나요?',
      '전화번호가 뭐예요?',
    ],
    greeting: ['안녕하세요'],
    thanks: ['감사합니다!', '정말 고맙습니다'],
  },
  ru: {
    asks: [
      'человека позовите',
      'Хочу поговорить с человеком',
      'Соедините меня с оператором',
      'оператор',
      'Нужен живой человек',
      'Позовите оператора, пожалуйста',
      'Перезвоните мне',
      'Почему я не могу поговорить с оператором?',
    ],
    asks_not: [
      'Не хочу говорить с оператором',
      'Мне не нужен оператор',
      'Сколько человек помещается?',
      'Курьер позвонит мне?',
      'Где мой заказ?',
      'Нужен человек для сборки',
    ],
    greeting: ['Привет', 'Добрый день!', 'Здравствуйте'],
    thanks: ['Спасибо большое', 'спасибо'],
  },
  uk: {
    asks: [
      'Хочу поговорити з людиною',
      'Зʼєднайте мене з оператором',
      'покличте оператора',
      'Передзвоніть мені',
    ],
    asks_not: ['Не хочу говорити з оператором', 'Скільки людей поміститься?', 'Де моє замовлення?'],
    greeting: ['Привіт', 'Добрий день, вітаю'.slice(0, 11)],
    thanks: ['Дякую', 'Щиро дякую!'],
  },
  pl: {
    asks: [
      'Chcę rozmawiać z człowiekiem',
      'Proszę połączyć mnie z konsultantem',
      'konsultant',
      'Proszę zadzwonić do mnie',
      'Dlaczego nie mogę porozmawiać z człowiekiem?',
    ],
    asks_not: [
      'Nie chcę rozmawiać z konsultantem',
      'Rozmawiać z osobą, która to dostarczyła, nie mogę',
      'Ile osób się zmieści?',
      'Czy kurier zadzwoni?',
    ],
    greeting: ['Cześć', 'Dzień dobry'],
    thanks: ['Dziękuję bardzo', 'Dzięki!'],
  },
  tr: {
    asks: [
      'Bir insanla konuşmak istiyorum',
      'Müşteri temsilcisine bağlanmak istiyorum',
      'temsilci lütfen',
      'Beni arar mısınız?',
      'Gerçek bir insan istiyorum',
    ],
    asks_not: [
      'Bir insanla konuşmak istemiyorum',
      'Dün müşteri temsilcisiyle görüştüm',
      'Kaç kişi sığar?',
      'Siparişim nerede?',
    ],
    greeting: ['Merhaba', 'İyi günler'],
    thanks: ['Teşekkür ederim', 'teşekkürler!'],
  },
  hi: {
    asks: ['मुझे किसी इंसान से बात करनी है', 'एजेंट से बात कराइए', 'मुझे कॉल करें', 'इंसान'],
    asks_not: ['मुझे इंसान से बात नहीं करनी', 'मेरा ऑर्डर कहाँ है?', 'कितने लोग बैठ सकते हैं?'],
    greeting: ['नमस्ते', 'नमस्कार!'],
    thanks: ['धन्यवाद', 'बहुत धन्यवाद'],
  },
  nl: {
    asks: [
      'ik wil een medewerker spreken',
      'Kan ik met iemand praten?',
      'Verbind me door met een echt mens',
      'medewerker graag',
      'Bel me terug',
      'Waarom kan ik niet met een medewerker praten?',
    ],
    asks_not: [
      'Ik wil niet met een medewerker praten',
      'Hoeveel mensen passen erin?',
      'Waar is mijn bestelling?',
    ],
    greeting: [],
    thanks: [],
  },
  sv: {
    asks: [
      'jag vill prata med en människa',
      'Kan jag få prata med kundtjänst?',
      'kundtjänst tack',
      'Ring mig',
      'Varför kan jag inte prata med en människa?',
    ],
    asks_not: ['Jag vill inte prata med en person', 'Var är min beställning?'],
    greeting: [],
    thanks: [],
  },
  da: {
    asks: [
      'jeg vil gerne snakke med et menneske',
      'Kan jeg tale med kundeservice?',
      'Ring til mig',
    ],
    asks_not: ['Jeg vil ikke tale med en medarbejder', 'Hvor er min ordre?'],
    greeting: [],
    thanks: [],
  },
  nb: {
    asks: ['jeg vil snakke med et menneske', 'Kan jeg prate med noen?', 'Ring meg'],
    asks_not: ['Jeg vil ikke snakke med en medarbeider', 'Hvor er pakken min?'],
    greeting: [],
    thanks: [],
  },
};

describe.each(Object.entries(said))('in %s', (language, { asks, asks_not, greeting, thanks }) => {
  test('[W94] a person is asked for in so many words, and not where that is said no to', () => {
    expect(asks.filter((text) => !asksForPerson(text))).toEqual([]);
    expect(asks_not.filter(asksForPerson)).toEqual([]);
  });

  test('[W94] a greeting and a thank-you are known', () => {
    for (const text of greeting) {
      expect([text, smallTalkOf(text)]).toEqual([text, { kind: 'greeting', language }]);
    }
    for (const text of thanks) {
      expect([text, smallTalkOf(text)]).toEqual([text, { kind: 'thanks', language }]);
    }
    for (const text of [...asks, ...asks_not])
      expect([text, smallTalkOf(text)]).toEqual([text, undefined]);
  });
});

test('[W94] however long and strange a text is, it is read at once', () => {
  for (const text of ['和人', '人と', '转接', '사람과 ', 'не хочу ', 'insan ', 'किसी से ']) {
    expect(asksForPerson(text.repeat(1_200))).toBe(false);
  }
});

test('[W94] every language that has a wish is tried here', () => {
  expect(Object.keys(said).toSorted()).toEqual(Object.keys(wishes).toSorted());
});
