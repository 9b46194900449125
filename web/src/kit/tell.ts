import { notifications } from '@mantine/notifications';
import { sentenceOf } from '../live/problem.ts';

const done_ms = 3_500;
const refused_ms = 12_000;

/** Says that something was done. */
export const tellDone = (title: string, message?: string): void => {
  notifications.show({
    title,
    message,
    autoClose: done_ms,
    color: 'petrol',
    withBorder: true,
    role: 'status',
    closeButtonProps: { 'aria-label': 'Close' },
  });
};

/** Says aloud that something was not done, and why. */
export const tellFailed = (title: string, thrown: unknown): void => {
  notifications.show({
    title,
    message: sentenceOf(thrown),
    autoClose: refused_ms,
    color: 'dark',
    withBorder: true,
    role: 'alert',
    closeButtonProps: { 'aria-label': 'Close' },
  });
};
