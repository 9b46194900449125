import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import type { Event } from '@wheelhouse/core';
import { useMe, useNames } from '../live/session.ts';

const shown_ms = 20_000;

/** Whoever has it open sees it there at once. */
const lookedAt = (id: string): boolean => !document.hidden && location.pathname.endsWith(id);

/** Says what somebody else did that concerns whoever is here, wherever they are: the wheel was taken
 *  from them, a lead whispers to them, or a note names them.
 *  @returns what takes each event as it comes */
export function useConcerns(): (event: Event) => void {
  const me = useMe();
  const nameOf = useNames();
  const navigate = useNavigate();
  return ({ type, subject, actor, data }) => {
    if (actor === me.id) return;
    const lost =
      type === 'conversation.taken' && data.from?.kind === 'member' && data.from.id === me.id;
    // Whoever has it open reads it there at once.
    const whispered = type === 'conversation.whispered' && data.to === me.id && !lookedAt(subject);
    const offered = type === 'conversation.offered' && data.to === me.id && !lookedAt(subject);
    const named =
      type === 'conversation.noted' &&
      Array.isArray(data.mentions) &&
      data.mentions.includes(me.id) &&
      !lookedAt(subject);
    if (!lost && !whispered && !offered && !named) return;
    const open = () => {
      notifications.hide(id);
      void navigate({ to: `/desk/${subject}` as '/desk' });
    };
    const id = notifications.show({
      title: lost
        ? `${nameOf(actor)} took the wheel from you`
        : whispered
          ? `${nameOf(actor)} whispers to you`
          : named
            ? `${nameOf(actor)} names you in a note`
            : data.why === 'sent'
              ? `${nameOf(actor)} sends you a conversation`
              : 'A customer waits for you',
      message: (
        <Button size="compact-sm" variant="default" mt={4} onClick={open}>
          {lost ? 'See why' : 'Open the conversation'}
        </Button>
      ),
      autoClose: shown_ms,
      color: 'petrol',
      withBorder: true,
      role: 'alert',
      closeButtonProps: { 'aria-label': 'Close' },
    });
  };
}
