import { Burger, Drawer, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';
import { keys } from '../live/cache.ts';
import { useHere, useOwnPresence } from '../live/presence.ts';
import { useLive } from '../live/session.ts';
import { AccountMenu } from './AccountMenu.tsx';
import css from './AppFrame.module.css';
import { Finder, openFinder } from './Finder.tsx';
import { KeySheet, useKeySheet } from './KeySheet.tsx';
import { LiveMark, StaleStrip } from './LiveMark.tsx';
import { useSeenRooms } from './rooms.ts';
import { useAlerts } from './useAlerts.ts';
import { useConcerns } from './useConcerns.tsx';
import { useKeys } from './useKeys.ts';

const above_messages = 260;

/** The frame around every room: a narrow bar of rooms on the side (a drawer on the phone), what is
 *  wrong with the connection above, and the room itself. */
export function AppFrame() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [drawer, { open, close }] = useDisclosure(false);
  const sheet = useKeySheet();
  const signedOut = useCallback(() => {
    cache.removeQueries({ queryKey: keys.me });
    void navigate({ to: '/sign-in', search: { to: location.pathname + location.search } });
  }, [cache, navigate]);
  const concern = useConcerns();
  const alert = useAlerts();
  useLive(signedOut, (event) => {
    concern(event);
    alert(event);
  });
  useHere();
  const presence = useOwnPresence();
  const seen = useSeenRooms();
  useKeys([
    ...seen.map(({ key, title, path }) => ({
      key: `g ${key}`,
      label: `Go to ${title}`,
      group: 'Anywhere',
      run: () => void navigate({ to: path }),
    })),
    { key: 'mod+k', label: 'Find anything', group: 'Anywhere', in_fields: true, run: openFinder },
    {
      key: 'p',
      label: presence?.away ? 'Take what comes again' : 'Be away for a while',
      group: 'Anywhere',
      off: !presence,
      run: () => presence?.set(presence.away ? 'online' : 'away'),
    },
    { key: '?', label: 'All keys', group: 'Anywhere', run: sheet.open },
  ]);
  return (
    <div className={css.frame}>
      <a href="#room" className="skip-link">
        Skip to the room
      </a>
      <header className={css.top}>
        <Burger opened={drawer} onClick={open} size="sm" aria-label="Rooms" />
        <span className={css.brand}>Wheelhouse</span>
        <LiveMark />
        <UnstyledButton className={css.tool} onClick={openFinder} aria-label="Find anything">
          <IconSearch size={20} stroke={1.6} />
        </UnstyledButton>
      </header>
      <aside className={css.rail}>
        <Link to="/" className={css.mark} aria-label="Wheelhouse, home">
          <img src="/favicon.svg" width="32" height="32" alt="" />
        </Link>
        <RoomLinks />
        <div className={css.tools}>
          <LiveMark />
          <UnstyledButton
            className={css.tool}
            onClick={openFinder}
            title="Find anything (⌘K)"
            aria-label="Find anything"
          >
            <IconSearch size={20} stroke={1.6} />
          </UnstyledButton>
          <UnstyledButton
            className={css.tool}
            onClick={sheet.open}
            title="All keys (?)"
            aria-label="All keys"
          >
            <IconKeyboard size={20} stroke={1.6} />
          </UnstyledButton>
          <AccountMenu />
        </div>
      </aside>
      <Drawer
        opened={drawer}
        onClose={close}
        size="260px"
        title="Wheelhouse"
        padding="md"
        zIndex={above_messages}
      >
        <RoomLinks wide onGo={close} />
        <div className={css.drawer_tools}>
          <AccountMenu wide />
        </div>
      </Drawer>
      <main id="room" className={css.room} tabIndex={-1}>
        <StaleStrip />
        <div className={css.inside}>
          <Outlet />
        </div>
      </main>
      <Finder />
      <KeySheet opened={sheet.opened} onClose={sheet.close} />
    </div>
  );
}

function RoomLinks({ wide, onGo }: { wide?: boolean; onGo?: () => void }) {
  const seen = useSeenRooms();
  const here = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav aria-label="Rooms" className={css.rooms} data-wide={wide || undefined}>
      {seen.map(({ path, title, icon: Icon, key }) => {
        const current = path === '/' ? here === '/' : here === path || here.startsWith(`${path}/`);
        return (
          <Link
            key={path}
            to={path}
            className={css.link}
            data-current={current || undefined}
            aria-current={current ? 'page' : undefined}
            title={wide ? undefined : `${title} (G then ${key.toUpperCase()})`}
            onClick={onGo}
          >
            <Icon size={22} stroke={1.6} />
            <span>{title}</span>
          </Link>
        );
      })}
    </nav>
  );
}
