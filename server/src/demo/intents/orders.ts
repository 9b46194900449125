import type { DemoIntent } from '../intents.ts';

/** Before it is sent: where an order stands, and changing or stopping it. */
export const orders_intents: readonly DemoIntent[] = [
  {
    intent: 'order_status',
    title: 'Where is my order',
    description: 'Wants to know where an order is or how far along it is.',
    examples: [
      'where is my order',
      'Hi, could you tell me where order LH-20418 is at the moment? Thanks!',
      'hello?? any news on my lamp',
      "I ordered a Fennel armchair on the 3rd and I haven't heard a thing since. Has it " +
        'left your warehouse yet?',
      'status of 31877 pls',
      'Good morning, just checking in on my order. No rush at all, only curious when it ' +
        'might turn up.',
      'has my stuff shipped',
      'order LH-44102 says "being prepared" for four days now, what does that mean exactly',
      'WHERE IS MY BED FRAME',
      'Bonjour, I would like to know in which step is my order please. Number is LH-18830.',
      "did you guys send the mugs yet? my sister's birthday is saturday",
      'my order?',
      'can you look up an order for me, its under Okonjo, i lost the number',
      'when will it get here',
      "Been waiting on the Sorrel table. I don't mind waiting, I just want to plan " +
        'around it, we have painters in the house next week.',
      'Any update on LH-50917? It was supposed to be two separate parcels I think.',
      'I got one box today, the duvet. is the rest of the order coming or not',
      'whats the ETA on the bramble bookcase',
      'Please can someone tell me if my order has been dispatched',
      "Placed it Sunday night, paid Sunday night, now it's Thursday. Is it on the way?",
      "where's my rug at 😅",
      'need to know if LH-27745 is out for delivery today because I have to arrange for ' +
        'someone to be in',
      'Hey so I ordered like 3 things and only got an email about one of them going ' +
        'out. Are the other two coming later?',
      'Order progress please. Surname Varga, postcode ends 4PT.',
      'is my pendant light still in the warehouse',
      'how long till it arrives',
      'hi i bought a bed from you on the app can you see where it is rn',
      "Could you check whether the desk has been handed to the courier yet, I can't " +
        'find any mail about it',
      'order still processing??',
    ],
  },
  {
    intent: 'change_order',
    title: 'Change an order',
    description: 'Wants to add, remove or swap something in an order already placed.',
    examples: [
      'I need to change my order',
      'hi I picked the oak finish but meant walnut, can you switch it before it goes ' +
        'out? LH-33051',
      'add another pillow to order 40226 please',
      'Is it too late to remove the side table from my order? I still want everything else.',
      'can i change the colour',
      'ordered 2 stools, need 4. same delivery if possible',
      "Oh no I've just realised I ordered the single duvet cover and our bed is a king. " +
        'Can you amend it?',
      'please change quantity from 1 to 3 on the clover mugs',
      'wrong size!! just ordered 5 mins ago. LH-61190. want the 160 one not the 140',
      'Hello, I want modify my command, is possible to put the lamp in black instead white?',
      'Can you take the rug off and keep the rest. I changed my mind about the rug, not ' +
        'about the sofa.',
      'swap grey cushion for the green ones',
      "I'd like to upgrade to the bigger bookcase and pay the difference, how does that work",
      'forgot to add the bulbs, can they go in the same box',
      "Could I still put a gift note in with my order? I didn't see the option at checkout.",
      'EDIT ORDER',
      'My husband and I both ordered the same kettle without talking to each other, so ' +
        'could you drop it from mine but leave the towels',
      'I accidentally put left-hand instead of right-hand for the corner sofa. Please ' +
        'fix, not shipped yet I hope',
      'change delivery from standard to express on LH-29004? happy to pay extra',
      'is there a way to edit an order after paying',
      'hey can u combine my two orders into one, 30551 and 30552',
      'I want the legs in brass instead. everything else stays',
      "Please make it 6 plates not 5, I can't count apparently lol",
      'I need to correct the phone number on my order so the driver can reach me',
      'order just placed: kindly replace Heron desk lamp by Quill floor lamp, I will ' +
        'pay what is missing',
      'Could you leave out the assembly service from LH-45720? My brother will do it.',
      'can you hold my order until the curtains are back and send it all together',
      'Hi there, I chose gift wrap by mistake. Can that be removed along with the ' +
        'charge for it?',
    ],
  },
  {
    intent: 'cancel_order',
    title: 'Cancel an order',
    description: 'Wants an order stopped before it is sent or delivered.',
    examples: [
      'cancel my order',
      'Please cancel LH-22976, I found something else. Thank you.',
      'i dont want it anymore',
      "I'd like to cancel before it ships if that's ok",
      'STOP THE ORDER I clicked buy by accident',
      "How do I cancel? There's no button in my account for it",
      'my kid ordered a sofa on my phone. please please cancel it',
      'can I cancel an order that says processing',
      'ordered twice by mistake, kill one of them pls. LH-38814 and LH-38815, either one',
      "The delivery date you've now given me is after we move out, so there's no point. " +
        'Cancel the whole thing please.',
      'cancel + refund asap',
      'Good evening. For personal reasons I must annul my purchase of this morning. ' +
        'Please confirm.',
      'changed my mind about the bed, is it too late to call it off',
      "Need to cancel the bar cart only if it can't be here by Friday",
      'we have decided not to go ahead with the table and chairs',
      'cancle order 51120 thx',
      'I placed an order about ten minutes ago and already regret it, haha. Can you ' +
        'pull it before anyone starts packing?',
      'Hi, I tried to cancel online but it says "this order can no longer be changed". ' +
        "It hasn't even left yet!",
      'please do not send it',
      'what happens if i cancel now, do i pay anything',
      "You've pushed back my sofa three times. I'm done. Cancel it.",
      'I want to withdraw from my contract for the order number LH-19073',
      "don't ship the lamps, the electrician says they won't work in our bathroom",
      'cancelling the preorder for the Tansy sofa',
      "Can you stop a parcel that's already with the courier? I don't want it",
      'i need to undo my purchase',
      'bought the wrong mattress, cancel it and ill reorder the right one',
      "Void my order please, the card I used isn't mine to use, my flatmate is not happy",
    ],
  },
  {
    intent: 'change_order_address',
    title: 'Change the address on an order',
    description: 'Wants an order that is under way sent to a different address.',
    examples: [
      'wrong address on my order!!',
      "Hi, I've just noticed my order LH-47382 is going to my old flat. Can it be redirected?",
      'change delivery address pls',
      'We moved last week and I forgot to update it before I bought the desk. New ' +
        "address is 14 Tanner's Row, can you send it there instead?",
      'i put the wrong house number, its 41 not 14',
      "Can you deliver to my work instead of home? I'm never in during the day.",
      'the postcode on LH-35560 is missing a letter, it will never find us',
      'please send the parcel to my mother, she is living in other town',
      "URGENT shipping to wrong place, order went to my ex's address",
      "Is it possible to change where an order is going once it's been paid for",
      'autofill put in my parents address again, ordered 2 min ago',
      "Need to add an apartment number to the shipping address. It's 6B.",
      "hello my order is on the way but i won't be there, can it go to a pickup point",
      "Could you ship it to a different country? I know it's late to ask but I've been " +
        'relocated for work.',
      "redirect order 52871 to my neighbours at no. 9 please, we're on holiday",
      "The street name autocorrected to something that doesn't exist. Should be Plover " +
        'Lane, not Clover Lane.',
      'I selected the billing address as the delivery address. it should be the other one',
      'address is right but the town is wrong on order lh-28817',
      'can the driver bring it to the back building, the address i gave is only the ' +
        'front house',
      "I gave you the address of the shop. It needs to go to the flat above, it's got " +
        'its own door and number (22A).',
      'new house, same order. how do we change it?',
      'mistake in adress. please correct before shipment: Sparrow Walk 3, not 8',
      'Could you make sure the order goes to Unit 4 and not Unit 14? The confirmation ' +
        'has it wrong.',
      "My office has closed and that's where I had the lamps sent. Where else can they go?",
      "Wedding gift for friends, and I've put MY address. Please, can it go to them directly?",
      'can u update shipping address b4 it leaves, order from this morning',
      'Hi. The order was placed with an address I no longer have access to. What do I do?',
    ],
  },
];
