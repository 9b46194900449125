import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './Bots.module.css';

interface TaughtRowProps {
  /** What it is: "intent" or "tool". */
  kind: string;
  title: string;
  /** What it does, in a line. */
  children: ReactNode;
  /** How many of its fields are wrong. */
  wrong: number;
  /** What might be better, and why; null when all is well. */
  warning: { words: string; why: string } | null;
  opened: boolean;
  onOpen: () => void;
  onRemove: (() => void) | undefined;
}

/** One of the things that a bot is taught, which opens below its row. */
export function TaughtRow(props: TaughtRowProps) {
  const { kind, title, children, wrong, warning, opened, onOpen, onRemove } = props;
  return (
    <div className={css.item}>
      <div className={css.words}>
        <button type="button" className={css.open} aria-expanded={opened} onClick={onOpen} data-row>
          <bdi>{title}</bdi>
        </button>
        <span className={`${css.fine} one-line`}>{children}</span>
        {wrong > 0 && !opened && <span className={css.fault}>{wrong} to mend</span>}
      </div>
      {warning && (
        <span className={css.warned} title={warning.why}>
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
          {warning.words}
        </span>
      )}
      {onRemove && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Remove the ${kind} ${title}`}
          onClick={onRemove}
        >
          Remove
        </Button>
      )}
    </div>
  );
}
