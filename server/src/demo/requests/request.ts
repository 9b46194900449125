/** A tool call that the demo shop's agent would like to make. */
export interface DemoRequest {
  tool: 'refund' | 'change_address' | 'close_account';
  /** Valid by the tool's schema; whether they are right is for a person to see. */
  arguments: Record<string, unknown>;
  /** The agent's own account of why, which may not match what it asks for. */
  agent_says: string;
  transcript: { from: 'customer' | 'bot'; text: string }[];
  /** What the shop's own records say. */
  facts: { label: string; value: string }[];
  /** The agent's own, 0..1. */
  confidence: number;
  risk: 'low' | 'medium' | 'high';
}

export const customer = (text: string) => ({ from: 'customer', text }) as const;
export const bot = (text: string) => ({ from: 'bot', text }) as const;
export const fact = (label: string, value: string) => ({ label, value });
