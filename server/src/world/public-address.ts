import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All of the IPv6 space that is given out to the public internet (RFC 4291, IANA). What lies
 *  outside it, such as `::127.0.0.1`, is local or means nothing, even where no list names it. */
const global_unicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** Whether an address is one of the public internet's. IPv4 inside IPv6 is judged as IPv4; ways of
 *  wrapping IPv4 that a router would unwrap (NAT64, 6to4, Teredo) are never public.
 *  @param address an IPv4 address of four decimal numbers, or an IPv6 address without brackets */
export function isPublic(address: string): boolean {
  if (!isIP(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(global_unicast);
}
