import { Avatar, Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconBell, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api } from '../live/api.ts';
import { useOwnPresence } from '../live/presence.ts';
import { useMe } from '../live/session.ts';
import css from './AccountMenu.module.css';
import { KeyHint } from './KeyHint.tsx';

const schemes = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
] as const;

const choices = [
  { value: 'online', label: 'I take what comes' },
  { value: 'away', label: 'Away for a while' },
] as const;

export function useSignOut() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await api.me.signOut();
    cache.clear();
    await navigate({ to: '/sign-in' });
  };
}

/** Who is signed in, whether they take what comes, the theme, and the way out. */
export function AccountMenu({ wide }: { wide?: boolean }) {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const presence = useOwnPresence();
  return (
    <Menu position="right-end" width={240} shadow="md">
      <Menu.Target>
        <UnstyledButton className={css.button}>
          <span
            className={css.face}
            data-presence={presence && (presence.away ? 'away' : 'online')}
          >
            <Avatar name={me.name} color="gray" size={32} />
          </span>
          <VisuallyHidden>
            Account: {wide ? '' : me.name}
            {presence?.away && ', away'}
          </VisuallyHidden>
          {wide && (
            <span className={css.who}>
              <span className="one-line">{me.name}</span>
              <span className={css.role}>{me.role}</span>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={css.head}>
          <div className={css.name}>{me.name}</div>
          <div className={css.role}>
            {me.role} in {me.workspace.name}
          </div>
        </div>
        {presence && (
          <>
            <Menu.Divider />
            <Menu.Label>Conversations that wait</Menu.Label>
            {choices.map(({ value, label }) => {
              const now = presence.away === (value === 'away');
              return (
                <Menu.Item
                  key={value}
                  leftSection={<span className={css.dot} data-presence={value} />}
                  rightSection={now ? <span className={css.now}>now</span> : <KeyHint of="p" />}
                  onClick={() => presence.set(value)}
                >
                  {label}
                </Menu.Item>
              );
            })}
            <Menu.Item
              component={Link}
              to={'/settings/account' as '/settings'}
              leftSection={<IconBell size={16} stroke={1.6} />}
            >
              Sound and notifications
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        {schemes.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} stroke={1.6} />}
            rightSection={colorScheme === value ? <span className={css.now}>now</span> : undefined}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.6} />}
          onClick={() => void signOut()}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
