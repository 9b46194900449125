import { useParams } from '@tanstack/react-router';
import { new_gate } from './address.ts';
import { GateList } from './GateList.tsx';
import { GatePage } from './GatePage.tsx';
import { NewGate } from './NewGate.tsx';

/** All gates, one gate, or a new one. */
export function GatesPage() {
  const { gate } = useParams({ strict: false }) as { gate?: string };
  if (!gate) return <GateList />;
  return gate === new_gate ? <NewGate /> : <GatePage key={gate} name={gate} />;
}
