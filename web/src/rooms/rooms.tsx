import {
  IconActivity,
  IconChartBar,
  IconDatabase,
  IconHome,
  IconInbox,
  IconListCheck,
  IconRobot,
  IconSettings,
  IconShieldCheck,
} from '@tabler/icons-react';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../kit/rooms.ts';

/** To add a room, add it here. */
export const rooms: readonly Room[] = [
  {
    path: '/',
    title: 'Home',
    icon: IconHome,
    key: 'h',
    component: lazyRouteComponent(() => import('./home/HomePage.tsx'), 'HomePage'),
  },
  {
    path: '/desk',
    params: '{-$case_id}',
    title: 'Desk',
    icon: IconInbox,
    key: 'd',
    component: lazyRouteComponent(() => import('./desk/DeskPage.tsx'), 'DeskPage'),
  },
  {
    path: '/live',
    title: 'Live',
    icon: IconActivity,
    key: 'l',
    least: 'lead',
    component: lazyRouteComponent(() => import('./live/LivePage.tsx'), 'LivePage'),
  },
  {
    path: '/reports',
    title: 'Reports',
    icon: IconChartBar,
    key: 'r',
    least: 'lead',
    component: lazyRouteComponent(() => import('./reports/ReportsPage.tsx'), 'ReportsPage'),
  },
  {
    path: '/gates',
    params: '{-$gate}',
    title: 'Gates',
    icon: IconShieldCheck,
    key: 't',
    component: lazyRouteComponent(() => import('./gates/GatesPage.tsx'), 'GatesPage'),
  },
  {
    path: '/bots',
    params: '{-$bot}',
    title: 'Bots',
    icon: IconRobot,
    key: 'b',
    component: lazyRouteComponent(() => import('./bots/BotsPage.tsx'), 'BotsPage'),
  },
  {
    path: '/data',
    params: '{-$output_id}',
    title: 'Data',
    icon: IconDatabase,
    key: 'o',
    component: lazyRouteComponent(() => import('./data/DataPage.tsx'), 'DataPage'),
  },
  {
    path: '/audit',
    title: 'Audit',
    icon: IconListCheck,
    key: 'a',
    least: 'lead',
    component: lazyRouteComponent(() => import('./audit/AuditPage.tsx'), 'AuditPage'),
  },
  {
    path: '/settings',
    params: '{-$section}',
    title: 'Settings',
    icon: IconSettings,
    key: 's',
    component: lazyRouteComponent(() => import('./settings/SettingsPage.tsx'), 'SettingsPage'),
  },
];
