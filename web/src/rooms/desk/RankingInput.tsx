import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { RankingQuestion } from '@wheelhouse/core';
import type * as z from 'zod';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { digits_most } from './answer.ts';
import css from './questions.module.css';
import type { InputProps } from './questions.tsx';
import { moved, placed } from './ranking.ts';

/** An order, best first: pick one after the other, or move them up and down. No dragging needed. */
export function RankingInput({
  question,
  value,
  onChange,
  active,
  disabled,
}: InputProps<z.infer<typeof RankingQuestion>>) {
  const order = Array.isArray(value) ? value.map(String) : [];
  const options = question.options.map((option, at) => ({
    ...option,
    digit: at < digits_most ? at + 1 : null,
  }));
  const toggle = (option: string) => {
    const next = placed(order, option);
    onChange(next.length ? next : undefined);
  };
  useKeys(
    active && !disabled
      ? options.flatMap(({ digit, label, value: option }) =>
          digit === null
            ? []
            : [
                {
                  key: String(digit),
                  label: `Place ${label ?? option} next`,
                  group: 'This case',
                  run: () => toggle(option),
                },
              ],
        )
      : [],
  );
  const inOrder = [
    ...order.flatMap((chosen) => options.filter((option) => option.value === chosen)),
    ...options.filter((option) => !order.includes(option.value)),
  ];
  return (
    <ol className={css.ranks}>
      {inOrder.map(({ value: option, label = option, digit }) => {
        const place = order.indexOf(option);
        return (
          <li key={option} className={css.rank} data-placed={place >= 0 || undefined}>
            <span className={css.place}>{place >= 0 ? `${place + 1}.` : '–'}</span>
            <UnstyledButton
              className={css.rank_words}
              disabled={disabled}
              onClick={() => toggle(option)}
              aria-label={place >= 0 ? `Take ${label} out of the order` : `Place ${label} next`}
            >
              <bdi>{label}</bdi>
            </UnstyledButton>
            {place >= 0 && !disabled && (
              <>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={place === 0}
                  aria-label={`Move ${label} up`}
                  onClick={() => onChange(moved(order, place, -1))}
                >
                  <IconArrowUp size={16} stroke={1.6} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={place === order.length - 1}
                  aria-label={`Move ${label} down`}
                  onClick={() => onChange(moved(order, place, 1))}
                >
                  <IconArrowDown size={16} stroke={1.6} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Take ${label} out of the order`}
                  onClick={() => toggle(option)}
                >
                  <IconX size={16} stroke={1.6} />
                </ActionIcon>
              </>
            )}
            {active && digit !== null && <KeyHint of={String(digit)} />}
          </li>
        );
      })}
    </ol>
  );
}
