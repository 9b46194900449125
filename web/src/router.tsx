import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { AppFrame } from './kit/AppFrame.tsx';
import { FrameSkeleton, RoomSkeleton } from './kit/FrameSkeleton.tsx';
import { Empty, Refused } from './kit/faces.tsx';
import { Rooms } from './kit/rooms.ts';
import { isProblem } from './live/problem.ts';
import { me_query } from './live/session.ts';
import { rooms } from './rooms/rooms.tsx';

interface Context {
  cache: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./rooms/entry/SignInPage.tsx'), 'SignInPage'),
});

const enrol = createRoute({
  getParentRoute: () => root,
  path: '/enrol',
  component: lazyRouteComponent(() => import('./rooms/entry/EnrolPage.tsx'), 'EnrolPage'),
});

/** Lets in who is signed in; sends everyone else to sign in, and back afterwards. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  pendingComponent: FrameSkeleton,
  component: () => (
    <Rooms value={rooms}>
      <AppFrame />
    </Rooms>
  ),
  beforeLoad: async ({ context, location }) => {
    try {
      await context.cache.ensureQueryData(me_query);
    } catch (thrown) {
      if (!isProblem(thrown, 'unauthenticated')) throw thrown;
      throw redirect({
        to: '/sign-in',
        search: location.href === '/' ? {} : { to: location.href },
      });
    }
  },
});

const routes = rooms.map((room) =>
  createRoute({
    getParentRoute: () => shell,
    path: [room.path.replace(/\/$/, ''), room.params].filter(Boolean).join('/') || '/',
    component: room.component,
  }),
);

export const makeRouter = (cache: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([signIn, enrol, shell.addChildren(routes)]),
    context: { cache },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPendingComponent: RoomSkeleton,
    defaultErrorComponent: ({ error, reset }) => <Refused error={error} retry={reset} />,
    defaultNotFoundComponent: () => (
      <Empty title="There is no such page">
        The address may be mistyped, or the room not yours to see. <a href="/">Go home</a>
      </Empty>
    ),
  });
