import { IdentitySecret, Name, ToolSecret } from '@wheelhouse/core';
import * as z from 'zod';
import { makeIdentitySecret } from '../../actions/identity.ts';
import { makeToolSecret } from '../../actions/tool.ts';
import { type Route, route } from '../route.ts';

/** What bots, and those who speak with them, sign with. */
export const secretRoutes = (): Route[] => [
  route({
    method: 'POST',
    path: '/bots/:bot/identity-secret',
    action: 'bots.change',
    summary: 'Make the secret that a host signs its customers’ identities with; shown once',
    params: z.object({ bot: Name }),
    response: IdentitySecret,
    status: 201,
    shown_once: 'secret',
    handle: ({ by, ports, params }) => makeIdentitySecret(ports, by, params.bot),
  }),
  route({
    method: 'POST',
    path: '/bots/:bot/tools/:tool/secret',
    action: 'bots.change',
    summary: 'Make the secret that signs a tool’s calls anew; shown once',
    params: z.object({ bot: Name, tool: Name }),
    response: ToolSecret,
    status: 201,
    shown_once: 'secret',
    handle: ({ by, ports, params }) => makeToolSecret(ports, by, params.bot, params.tool),
  }),
];
