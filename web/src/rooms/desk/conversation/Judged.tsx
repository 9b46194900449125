import { IconStar, IconStarFilled, IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import type { Rating, Thumb } from '@wheelhouse/core';
import css from './Said.module.css';

interface ThumbedProps {
  /** What the customer is called. */
  customer: string;
  thumb: Thumb;
}

/** What the customer thinks of a reply, under it. */
export function Thumbed({ customer, thumb: { up, comment } }: ThumbedProps) {
  const Icon = up ? IconThumbUp : IconThumbDown;
  return (
    <p className={css.judged} data-good={up}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      <span>
        <bdi>{customer}</bdi> {up ? 'found this helpful' : 'did not find this helpful'}
        {comment && (
          <>
            : <q dir="auto">{comment}</q>
          </>
        )}
      </span>
    </p>
  );
}

const scores = [1, 2, 3, 4, 5];

/** What the customer said of the whole, at its end. */
export function Rated({ customer, rating }: { customer: string; rating: Rating }) {
  const { scale, score, comment } = rating;
  if (scale === 'thumbs') return <Thumbed {...{ customer, thumb: { ...rating, up: score > 3 } }} />;
  return (
    <p className={css.judged} data-good={score > 3}>
      <span className={css.stars} aria-hidden="true">
        {scores.map((one) =>
          one <= score ? (
            <IconStarFilled key={one} size={13} />
          ) : (
            <IconStar key={one} size={13} stroke={1.8} />
          ),
        )}
      </span>
      <span>
        <bdi>{customer}</bdi> gave {score} of 5
        {comment && (
          <>
            : <q dir="auto">{comment}</q>
          </>
        )}
      </span>
    </p>
  );
}
