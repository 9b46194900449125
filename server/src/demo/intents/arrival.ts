import type { DemoIntent } from '../intents.ts';

/** At the door: something came, and it is broken, wrong or not all there. */
export const arrival_intents: readonly DemoIntent[] = [
  {
    intent: 'damaged_item',
    title: 'Arrived damaged',
    description: 'Something came broken, scratched, torn or dented.',
    examples: [
      'it arrived broken',
      'The Clover mugs came today and two out of six are smashed to bits.',
      'big scratch across the table top, brand new!!',
      'Hello, I unpacked the bookcase this morning and one of the side panels is ' +
        'cracked along the edge. I have photos if you need them. Order LH-26194.',
      'lamp shade dented',
      'box looked like someone had kicked it down a hill and the mirror inside is in a ' +
        'thousand pieces',
      "there's a hole in the duvet cover, straight from the packet",
      'SOFA ARRIVED WITH A RIPPED SEAM. NOT HAPPY',
      'One leg of the stool is split. Can you send a new leg or do I have to send the ' +
        'whole thing back?',
      'Received damage item, the glass is broken in the corner. What I must do?',
      'chipped plates :(',
      'my delivery has water damage, whole carton was soaked and the drawer fronts have ' +
        'swollen',
      "The casserole pot has a chip in the enamel. Is it still safe to use? I'd rather " +
        "have one that isn't chipped.",
      'screen of the digital scale is cracked out of the box',
      "Would you mind telling me how to report something that arrived damaged? It's the " +
        'Juniper headboard.',
      'delivery guys scraped the desk on our door frame and just left',
      "Just opened it, there's a dirty stain on the armchair, looks like oil. LH-58113",
      'dented kettle',
      'three glasses broken in the set of eight and shards all over the packing paper, ' +
        'nearly cut myself',
      'Hi so the rug is lovely but one corner is frayed and unravelling already',
      'i got broken lamp, replacement please',
      'Marble top has snapped clean in half. I suspect it was packed lying flat with ' +
        'something on top.',
      'the paint is peeling off the shelf on one side, bought new last week',
      'Not sure if this counts as damage but the mirror has a bubble in it and the ' +
        "frame's bent slightly.",
      'arrived in bad condition',
      'Two of the dining chairs are fine, the other two have gouges in the seats like ' +
        'they were dragged.',
      'your courier threw it over the fence. ceramics. over a fence.',
      "The vase was broken on arrival, I'd like a new one or my money, I don't mind which.",
    ],
  },
  {
    intent: 'wrong_item',
    title: 'Wrong item received',
    description: 'What came is not what was ordered.',
    examples: [
      'you sent me the wrong thing',
      'I ordered the Dune rug in sand. What I got is the Dune rug in a sort of violent orange.',
      'wrong colour',
      "This isn't mine! There's a box of cutlery here and I bought a lamp. Order LH-30476",
      'got a king size fitted sheet, ordered double',
      'Hello, received today a wrong product: on the label is written Harrow desk, ' +
        'inside is a shelf.',
      "got someone else's order with someone else's name on it, i think we've been swapped",
      'WRONG ITEM AGAIN',
      "Ordered two matching bedside tables and they're different heights, so one of " +
        "them can't be the right model.",
      "it's not what i bought",
      "The invoice in the box is correct but the contents aren't. Ordered linen, " +
        'received cotton.',
      "asked for left hand chaise, you delivered right hand. it doesn't fit the room",
      'wrong size pillowcases in the pack, 65x65 rather than 50x75',
      "I bought the large casserole and this one would barely fit an egg. Surely you've " +
        'sent the small?',
      'received 1 chair, should be the set of 2 and also in the wrong wood',
      "You've sent me the floor model with a tag on it, not a new one. Not what I paid for.",
      'parcel has a kids night light in it?? i have no kids and i ordered bulbs',
      'the bulbs are E14, the order says E27',
      'Mix-up in your warehouse I suppose: I have a beautiful green armchair here that ' +
        'I never ordered, and no grey one that I did.',
      'not my order',
      'the picture online shows brass handles. mine came with black ones. is that the ' +
        'wrong version or what',
      "Hi, I'm looking at a shower curtain and wondering what happened to my table runner 😂",
      "Item number on the box doesn't match the one on my order confirmation (LH-49960)",
      'wrong one delivered, pls send right one and pick this up',
      'I wanted dimmable. This is the non dimmable one.',
      'Colour on the packing slip: oak. Colour in the box: definitely walnut. How do we ' +
        'fix this?',
      'you mixed up my order',
    ],
  },
  {
    intent: 'missing_parts',
    title: 'Missing parts or pieces',
    description: 'A delivery is incomplete: parts, screws or whole items are not in the box.',
    examples: [
      'no screws in the box',
      "The Bramble bookcase came without the bag of fittings. I've looked through all " +
        'the packaging twice.',
      'part missing',
      'Only 5 of the 6 mugs are in here. Not broken, just not there.',
      "there's supposed to be 8 bolts of type C and i have 6",
      'My order LH-32208 arrived, but the cushion covers I ordered along with it ' +
        "weren't in the parcel.",
      'incomplete delivery, legs of sofa are missing',
      'where are the instructions?? box has none',
      "Hi, I'm halfway through building the bed and there's no center slat. It's shown " +
        'as number 14 in the booklet. Please send one quickly, we are sleeping on the ' +
        'floor.',
      'allen key not included',
      'I only received box 1 of 2',
      "It's missing the plug adapter",
      'the lamp came but no shade',
      'Good afternoon, the pack of the shelf misses one bracket left side. How can I ' +
        'get the piece?',
      "HALF MY ORDER ISN'T IN THE BOX",
      'opened the parcel, says 4 items on the slip, i count 3. the tea towels are missing',
      'Can I get a spare cam lock? One short in my packet.',
      "The wall anchors that should come with the mirror weren't there. I don't want to " +
        'hang it without them.',
      'two left armrests and zero right ones lol',
      'not all pieces arrived',
      "I paid for the table plus the extension leaf. Table's here, leaf isn't. Is it " +
        'coming separately?',
      'missing hardware for Harrow desk, need part H7 x2',
      "No remote in the box. The ceiling fan can't be used without the remote.",
      'my duvet set should have 2 pillowcases and theres only 1',
      "We started assembling and the bottom drawer runner isn't there. Everything else " +
        'seems to be.',
      "I've got the lid but not the pot",
      'Delivery today: nine of ten boxes. Driver said the last one "must still be at ' +
        'the depot". Which one is it?',
    ],
  },
];
