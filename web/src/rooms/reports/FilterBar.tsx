import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useBots } from '../../kit/StoppedBots.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import css from './ReportsPage.module.css';
import { type Cut, type Span, spans } from './span.ts';

interface FilterBarProps {
  cut: Cut;
  onCut: (cut: Cut) => void;
}

/** The stretch of time, and which bot or queue alone. */
export function FilterBar({ cut, onCut }: FilterBarProps) {
  const bots = useBots();
  const queues = useQuery({ queryKey: keys.queues, queryFn: api.queues.list });
  const { span, bot, queue } = cut;
  const put = (next: { span: Span; bot: string | null; queue: string | null }) =>
    onCut({
      span: next.span,
      ...(next.bot ? { bot: next.bot } : {}),
      ...(next.queue ? { queue: next.queue } : {}),
    });
  const now = { span, bot: bot ?? null, queue: queue ?? null };
  return (
    <search className={css.bar} aria-label="Filters">
      <Select
        aria-label="Stretch of time"
        w={170}
        allowDeselect={false}
        data={Object.entries(spans).map(([value, { title }]) => ({ value, label: title }))}
        value={span}
        onChange={(value) => put({ ...now, span: (value ?? span) as Span })}
      />
      <Select
        aria-label="Bot"
        placeholder="Any bot"
        clearable
        w={180}
        data={named(bots.data?.rows, bot)}
        value={now.bot}
        onChange={(value) => put({ ...now, bot: value })}
      />
      <Select
        aria-label="Queue"
        placeholder="Any queue"
        clearable
        w={180}
        data={named(queues.data?.rows, queue)}
        value={now.queue}
        onChange={(value) => put({ ...now, queue: value })}
      />
    </search>
  );
}

/** What can be chosen, and what is chosen though it is not known yet. */
function named(
  rows: readonly { name: string; title: string }[] | undefined,
  chosen: string | undefined,
) {
  const known = (rows ?? []).map(({ name, title }) => ({ value: name, label: title }));
  const missing = chosen && !known.some(({ value }) => value === chosen);
  return missing ? [...known, { value: chosen, label: chosen }] : known;
}
