import type { DemoIntent } from '../intents.ts';

/** On the way: what delivery costs, when it comes, and when it does not. */
export const delivery_intents: readonly DemoIntent[] = [
  {
    intent: 'late_delivery',
    title: 'Delivery is late',
    description: 'The promised day has passed, or is about to, and nothing has come.',
    examples: [
      'it was supposed to be here yesterday',
      'Order LH-21640 is five days late. Five!',
      "You said 3 to 5 working days. It's day nine.",
      'still waiting',
      'my delivery is late, whats going on',
      "The driver was meant to come between 8 and 12. It's ten past two and I took the " +
        'morning off work for this.',
      'I paid for express and it is slower than normal one. Why?',
      'this is the second time the date has moved. are you actually going to deliver my sofa',
      'Delayed AGAIN',
      'Hello, the estimated delivery has passed on Monday and nobody informs me about ' +
        'the reason.',
      "Guests are arriving tonight and the bed you promised for Tuesday isn't here. " +
        'What am I meant to do, put them on the floor?',
      'nobody showed up for the delivery',
      'package overdue by a week, order 36619',
      'I was patient, I really was, but three weeks for a lamp is ridiculous',
      'Why is my order taking so long? The website said in stock.',
      'where is it?? should of been here last friday',
      'next day delivery my foot',
      'Do you compensate for late delivery? The table was due on the 12th and we had to ' +
        'eat Easter lunch on camping chairs.',
      'Hi, the expected date on my order quietly changed from the 4th to the 19th ' +
        'without any mail. Is that right?',
      'Waited in all day. No van, no call, nothing.',
      'its late',
      "Can you find out why LH-48293 hasn't come? It was promised for today at the latest.",
      'My rug was due Wednesday and the courier now tells me "operational delay". What ' +
        'is that and when will they actually come?',
      'your shipping is soooo slow omg',
      'parcel is delayed since 6 days please to speed up',
      'I chose you because you said delivery before the weekend, and the weekend is over.',
      'the bookcase didnt come today like the text said',
      "How much longer? We're past the delivery window by a good bit now and I have " +
        'workers waiting to hang those pendants.',
    ],
  },
  {
    intent: 'tracking_stuck',
    title: 'Tracking not updating',
    description: 'The tracking number does not work or shows no movement.',
    examples: [
      'tracking hasnt moved since friday',
      'The tracking link in your email just goes to an error page.',
      'it says "label created" and nothing else',
      "My tracking number isn't recognised by the courier's site. Typed it, pasted it, " +
        'tried it on my phone. Nope.',
      'no tracking number??',
      'Hi, LH-39457 has been "in transit" at the same depot for six days, no new scans.',
      'stuck in sorting centre',
      'tracking says delivered to hub, then the next day says picked up again?? makes no sense',
      'I did not receive the tracking code, only the mail that the order is sent',
      'the map on the tracking page is frozen',
      "Tracking shows my parcel going in the opposite direction. It's now 300 km " +
        'further away than yesterday. Is that normal?',
      "TRACKING DOESN'T WORK",
      'can you send me the tracking link again, i deleted the email',
      'Last update: "awaiting collection". That was the 7th. Is anything happening?',
      'courier says they never got the parcel from you but your page says shipped',
      "I've got two parcels and only one tracking code, so no idea about the other",
      'why does it say out for delivery for three days in a row',
      'tracking info please for 42290',
      'My number only has 8 digits and the courier wants 12, did it get cut off?',
      'No movement on the tracking, should I be worried?',
      'The status went back from "shipped" to "preparing" this morning. Which one is it',
      'tracking page blank',
      "I keep refreshing and it never changes. Parcel information received, that's all " +
        'it ever says.',
      'hey is the tracking just slow or is my order lost',
      "it's saying exception?? what is an exception",
      "Number you gave me belongs to somebody else's package, it's going to a totally " +
        'different city.',
      'Hello dear, the follow-up of my package is not actualised since one week. Order ' +
        'LH-17726.',
      'says last scanned at customs and then silence',
    ],
  },
  {
    intent: 'parcel_not_received',
    title: 'Delivered but not received',
    description: 'The courier says it was delivered, yet the customer does not have it.',
    examples: [
      'it says delivered but its not here',
      'Your courier claims the parcel was handed to me at 11:42. I was at work at 11:42.',
      'stolen from porch',
      "My order LH-25538 was marked as delivered yesterday. I've checked with the " +
        'neighbours, the bins, the shed. Nothing.',
      'who signed for my parcel? not me',
      'left with neighbour, which neighbour??',
      'Delivered to "reception". I live in a house. There is no reception.',
      'I NEVER GOT MY PACKAGE',
      "proof of delivery photo isn't my door",
      'the app says it came but it did not come, please search for my box',
      'Parcel lost I think. Courier says delivered, security camera says otherwise.',
      "someone has taken the delivery, there's just an empty box outside",
      'I\'ve had an email saying "enjoy your new lamp!" There\'s no lamp to enjoy.',
      'It was left in the rain in front of the wrong building and by the time I found ' +
        'out it was gone',
      'marked as delivered 2 days ago and nobody in our flat has it',
      'Hello, they wrote that the package was put in the mailbox. A floor lamp, in a ' +
        "mailbox? I didn't receive it.",
      'missing parcel lh-40731',
      'The picture shows a blue door. Mine is red. Please find out where they left it.',
      'two parcels in the order, both say delivered, only one actually here',
      'safe place was used but i never set a safe place. where is it',
      "Driver told the system he delivered it. He didn't even stop, I watched him drive past.",
      'not received',
      'I contacted the courier and they told me to contact you. They say it was ' +
        'delivered on Thursday to someone called "Mo". There\'s no Mo here.',
      'delivered to the wrong house and those people are denying it',
      "So according to you I have a bookcase. According to my living room I don't.",
      'please help my parcel vanished, it was meant to be in the locker but the locker ' +
        'was empty when it opened',
      'It\'s been over 24 hours since "delivered" and still nothing turned up, what now',
      'The concierge has no record of anything from you, though tracking says he took it in.',
    ],
  },
  {
    intent: 'delivery_options',
    title: 'Delivery options and costs',
    description: 'Asks before buying what delivery costs, how fast it is or where it goes.',
    examples: [
      'how much is shipping',
      "Do you deliver to islands? We're on a small one with a ferry twice a week.",
      'whats the cheapest delivery',
      'Hi! Is delivery free over a certain amount, and does that include big furniture?',
      'how long does delivery normally take',
      'do you ship to norway',
      'Can I pick it up myself instead of paying for delivery?',
      'Before I order: would the sofa be carried up to the third floor or left at the kerb?',
      'next day delivery available?',
      'weekend delivery yes or no',
      "I'd like to know the price for sending a dining table to a rural postcode. Your " +
        'site only shows it at the very end.',
      'Which courier company do you use? One of them can never find my house.',
      'SHIPPING COST TO CANADA PLEASE',
      'can you deliver in evenings, i work till 6',
      "Is it possible to have it delivered on a specific date if I order now? It's for " +
        'a house move at the end of the month.',
      'Do you take the old mattress away when you deliver the new one',
      'What is the delivery charge if I buy two lamps and one rug, once or three times?',
      'delivery to a po box ok?',
      'hello, you are sending to Portugal? and taxes are included or I pay at arrival?',
      'free delivery?',
      'What\'s the difference between "standard" and "room of choice" please',
      'Do I have to be home for it or can they leave it',
      'we have narrow stairs, can the delivery team remove packaging and bring it in',
      'is express worth it or does it come just as quick anyway',
      'how soon could you get a bed to me if I ordered today',
      "Do all the items in one order arrive together or do you send them as they're " +
        "ready? I'd prefer all at once.",
      'can I send a present straight to a friend without the price in the box',
    ],
  },
  {
    intent: 'reschedule_delivery',
    title: 'Reschedule a delivery',
    description: 'Wants a planned delivery moved to another day or time.',
    examples: [
      'can i move my delivery to thursday',
      "I won't be home tomorrow, please come another day",
      "Hi, my slot is Wednesday 8 to 12 but I've just been called in to work. Any " +
        'chance of the afternoon?',
      'reschedule LH-53306',
      "We're away until the 20th, could you hold the parcel until then",
      'need a different time slot',
      "The kitchen isn't finished yet so there's nowhere to put the table. Can we push " +
        'delivery back about two weeks?',
      'can they come earlier? tuesday is no good',
      'i missed the driver, when will they try again',
      'MISSED DELIVERY, need to rebook',
      'Please deliver after 17h, before nobody is in the house',
      'The card through the door says to rebook online, but the link wants a code I ' +
        "don't have.",
      'postpone my delivery please, new baby arrived early!!',
      "it's coming today but i forgot and im 200 miles away, can you tell the driver " +
        'not to bother',
      "Could you delay the sofa until the carpet is fitted? The fitter's coming on the " +
        '16th so any day after is fine.',
      'any saturday slots left? want to change my weekday one',
      'Driver came while I was in the shower. Can he come back today?',
      'change delivery day',
      "I got a date for the wardrobe without being asked. That date doesn't suit me, " +
        'what others do you have?',
      'how do i pick another day for my delivery',
      'our lift is broken til monday so dont bring the bed before that pls',
      "Second attempt failed as well because nobody rang the bell. I'd like the third " +
        'one at a fixed time, please.',
      'bring it friday instead',
      "Would it be possible to have both my deliveries on the same day? One's booked " +
        'for Monday and the other Thursday.',
      'Hello, I want take the delivery one day more late, the 9 instead of the 8. Order 46618.',
      'not in on the 3rd!',
    ],
  },
];
