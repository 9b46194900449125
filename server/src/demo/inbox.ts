import { evening_messages } from './inbox/evening.ts';
import { morning_messages } from './inbox/morning.ts';
import { noon_messages } from './inbox/noon.ts';

/** One message that came in since; no model has trained on it. */
export interface DemoMessage {
  text: string;
  /** What a careful person would say it is about; null where no intent of the shop fits. Where a
   *  message asks two things, the one that must be answered first. */
  intent: string | null;
  /** The invented customer who wrote it. */
  customer: string;
}

/** What waits in the chat when the demo begins. Most of it is plain; one in eight fits no intent,
 *  and one in six asks two things or could mean either. */
export const demo_inbox: readonly DemoMessage[] = [
  ...morning_messages,
  ...noon_messages,
  ...evening_messages,
];
