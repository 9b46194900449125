/** Addresses that no request of strangers may reach, and the many ways of writing them. */
export const private_v4 = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '169.254.169.254',
  '169.254.170.2',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.7',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
];
export const private_v6 = [
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::127.0.0.1',
  '::7f00:1',
  '::a9fe:a9fe',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:a9fe:a9fe',
  '::ffff:0:127.0.0.1',
  '0:0:0:0:0:ffff:0a00:0001',
  '64:ff9b::127.0.0.1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  '2001:0:7f00:1::1',
  '2001:db8::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  '100::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];
const names = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  'a.b.localhost.',
  'localhost.localdomain',
  'ip6-localhost',
  'postgres',
  'redis.',
  'metadata.google.internal',
  'metadata.google.internal.',
  'host.docker.internal',
  'printer.local',
  'router.lan',
  'nas.home.arpa',
  'wiki.intranet',
  'ｌｏｃａｌｈｏｓｔ',
  'loc%61lhost',
  'local\u00adhost',
];

const wide = (text: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const circled = (text: string) =>
  text.replaceAll(/\d/g, (digit) => (digit === '0' ? '⓪' : String.fromCodePoint(0x245f + +digit)));
const bold = (text: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit)));
const encoded = (text: string) =>
  text.replaceAll(/\d/g, (digit) => `%${digit.charCodeAt(0).toString(16)}`);

function formsOf(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const octal = (n: number) => `0${n.toString(8)}`;
  const hex = (n: number) => `0x${n.toString(16)}`;
  return [
    address,
    `${address}.`,
    String(whole),
    hex(whole),
    hex(whole).toUpperCase().replace('0X', '0X'),
    octal(whole),
    [a, b, c, d].map(octal).join('.'),
    [a, b, c, d].map((n) => `000000${octal(n)}`).join('.'),
    [a, b, c, d].map(hex).join('.'),
    `${hex(a)}.${octal(b)}.${c}.${d}`,
    `${a}.${whole % 2 ** 24}`,
    `${a}.${b}.${c * 256 + d}`,
    `${hex(a)}.${hex(whole % 2 ** 24)}.`,
    wide(address),
    circled(address),
    bold(address),
    encoded(address),
    address.replaceAll('.', '。'),
    address.replaceAll('.', '．'),
    address.replaceAll('.', '%2e'),
    `${address.slice(0, 2)}\u00ad${address.slice(2)}`,
    `${address.slice(0, 2)}\t${address.slice(2)}`,
  ];
}

/** Every form, with a port, as a caller would write it. */
export function hostileUrls(port: number): string[] {
  const hosts = [
    ...private_v4.flatMap(formsOf),
    ...private_v6.flatMap((address) => [`[${address}]`, `[${address.toUpperCase()}]`]),
    ...names,
  ];
  const tricks = ['127.0.0.1', '[::1]', '169.254.169.254'].flatMap((host) => [
    `http://example.com@${host}:${port}/`,
    `http://example.com:80@${host}:${port}/`,
    `http://:secret@${host}:${port}/`,
    `http://${host}:${port}@example.com/`,
    `http://example.com%40@${host}:${port}/`,
    `http:\\\\${host}:${port}\\`,
    `http:/${host}:${port}/`,
    `http:${host}:${port}/`,
    `http:////${host}:${port}/`,
    `HTTP://${host}:${port}/`,
    ` http://${host}:${port}/ `,
    `ht\ntp://${host}:${port}/`,
    `https://${host}:${port}/`,
    `http://${host}:${port}/../..//`,
    `http://${host}:${port}#@example.com/`,
    `http://${host}:${port}?@example.com/`,
    `file://${host}/etc/passwd`,
    `ftp://${host}:${port}/`,
    `gopher://${host}:${port}/_x`,
    `ws://${host}:${port}/`,
    `javascript://${host}:${port}/%0aalert(1)`,
    `data:text/plain,${host}:${port}`,
    `unix:/${host}:${port}`,
    `//${host}:${port}/`,
    `${host}:${port}`,
  ]);
  return [...hosts.map((host) => `http://${host}:${port}/`), ...tricks];
}
