import { useParams } from '@tanstack/react-router';
import { BotList } from './BotList.tsx';
import { BotPage } from './BotPage.tsx';

/** All bots, or one. */
export function BotsPage() {
  const { bot } = useParams({ strict: false }) as { bot?: string };
  return bot ? <BotPage key={bot} name={bot} /> : <BotList />;
}
