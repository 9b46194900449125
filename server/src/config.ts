import * as z from 'zod';

const number = (low: number, high: number, otherwise: number) =>
  z.coerce.number().int().min(low).max(high).default(otherwise);

const isOrigin = (text: string) =>
  /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

const providers = ['openai-compatible', 'anthropic', 'google', 'ollama'] as const;
type Provider = (typeof providers)[number];

/** Every setting, read here and nowhere else. */
const Settings = z.object({
  WHEELHOUSE_PORT: number(0, 65_535, 4173),
  WHEELHOUSE_HOST: z.string().min(1).default('127.0.0.1'),
  WHEELHOUSE_DATA_DIR: z.string().min(1).default('./data'),
  WHEELHOUSE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WHEELHOUSE_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{20,200}$/, 'at least 20 printable characters without spaces')
    .optional(),
  WHEELHOUSE_SEED: z.enum(['demo', 'none']).default('demo'),
  WHEELHOUSE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  WHEELHOUSE_POSTGRES_BIN: z.string().min(1).optional(),
  /** Lets webhooks reach private addresses (a receiver on the same machine). Off by default. */
  WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: z.enum(['yes', 'no']).default('no'),
  /** Requests a minute for one key or address; sign-in has its own, tighter limit. */
  WHEELHOUSE_RATE_LIMIT: number(0, 100_000_000, 600_000),
  /** Tries a minute from one address to sign in or to follow a one-time link. */
  WHEELHOUSE_SIGN_IN_LIMIT: number(1, 1_000_000, 10),
  /** Addresses or ranges of proxies in front, whose X-Forwarded-For is believed: "127.0.0.1,10.0.0.0/8". */
  WHEELHOUSE_TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9a-f.:/,]+$/i, 'addresses or ranges, separated by commas')
    .optional(),
  /** Origins whose pages may call the API with a key: "https://app.example.org,http://localhost:3000". */
  WHEELHOUSE_ALLOWED_ORIGINS: z
    .string()
    .transform((text) => text.split(','))
    .refine(
      (all) => all.every(isOrigin),
      'origins as browsers write them, such as https://app.example.org, separated by commas',
    )
    .optional(),
  WHEELHOUSE_BODY_LIMIT: number(1_024, 1_073_741_824, 1_048_576),
  /** The largest file that may be shared in a conversation, in bytes. */
  WHEELHOUSE_FILE_LIMIT: number(1_024, 104_857_600, 10_485_760),
  /** How many files one conversation takes. */
  WHEELHOUSE_FILES_A_CONVERSATION: number(0, 100_000, 200),
  /** Which files are taken, by what they are: "image/png,application/pdf". */
  WHEELHOUSE_FILE_TYPES: z
    .string()
    .transform((text) => text.split(','))
    .refine(
      (all) => all.every((one) => /^[a-z]+\/[a-z0-9.+-]+$/.test(one)),
      'media types such as image/png, separated by commas',
    )
    .optional(),
  WHEELHOUSE_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  WHEELHOUSE_POOL: number(2, 200, 10),
  /** Which language model bots write with; without one they answer all the same. */
  WHEELHOUSE_MODEL_PROVIDER: z.enum(providers).optional(),
  WHEELHOUSE_MODEL_NAME: z.string().min(1).max(200).optional(),
  /** Chosen by whoever runs the server, so it may be private: a model on the same machine. */
  WHEELHOUSE_MODEL_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'without a name or password in it')
    .optional(),
  WHEELHOUSE_MODEL_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{1,1000}$/, 'printable characters without spaces')
    .optional(),
  /** The longest that one answer may take, tries and waits included. */
  WHEELHOUSE_MODEL_TIMEOUT_MS: number(1_000, 600_000, 60_000),
  /** A model that sends nothing for this long has stalled. */
  WHEELHOUSE_MODEL_STALL_MS: number(100, 600_000, 6_000),
  WHEELHOUSE_MODEL_REST_MS: number(100, 600_000, 30_000),
});
type Settings = z.infer<typeof Settings>;

export interface Config {
  port: number;
  host: string;
  data_dir: string;
  database_url: string | undefined;
  api_key: string | undefined;
  seed: 'demo' | 'none';
  public_url: string | undefined;
  postgres_bin: string | undefined;
  allow_private_webhooks: boolean;
  rate_limit: number;
  sign_in_limit: number;
  trusted_proxies: string | undefined;
  allowed_origins: string[];
  body_limit: number;
  /** What files may be shared in a conversation, and how many. */
  files: { bytes: number; most: number; media_types: string[] | null };
  log: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  pool: number;
  /** How to reach the language model, where there is one. */
  model: {
    provider: Provider;
    name: string;
    url: string | undefined;
    key: string | undefined;
    timeout_ms: number;
    stall_ms: number;
    rest_ms: number;
  } | null;
}

/** Reads the settings; an unknown WHEELHOUSE_ name is refused, since it is most likely a slip.
 *  @throws Error that lists every mistake at once */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.entries(environment).filter(
    ([name, value]) => name.startsWith('WHEELHOUSE_') && value !== '',
  );
  const known = new Set(Object.keys(Settings.shape));
  const mistakes = given
    .filter(([name]) => !known.has(name) && !name.startsWith('WHEELHOUSE_TEST_'))
    .map(([name]) => `${name} is not a setting`);
  const result = Settings.safeParse(Object.fromEntries(given));
  if (!result.success) {
    mistakes.push(
      ...result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  } else mistakes.push(...modelMistakes(result.data));
  if (mistakes.length || !result.success) {
    throw new Error(`The settings are not right:\n  ${mistakes.join('\n  ')}`);
  }
  const read = result.data;
  return {
    port: read.WHEELHOUSE_PORT,
    host: read.WHEELHOUSE_HOST,
    data_dir: read.WHEELHOUSE_DATA_DIR,
    database_url: read.WHEELHOUSE_DATABASE_URL,
    api_key: read.WHEELHOUSE_API_KEY,
    seed: read.WHEELHOUSE_SEED,
    public_url: read.WHEELHOUSE_PUBLIC_URL,
    postgres_bin: read.WHEELHOUSE_POSTGRES_BIN,
    allow_private_webhooks: read.WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS === 'yes',
    rate_limit: read.WHEELHOUSE_RATE_LIMIT,
    sign_in_limit: read.WHEELHOUSE_SIGN_IN_LIMIT,
    trusted_proxies: read.WHEELHOUSE_TRUSTED_PROXIES,
    allowed_origins: read.WHEELHOUSE_ALLOWED_ORIGINS ?? [],
    body_limit: read.WHEELHOUSE_BODY_LIMIT,
    files: {
      bytes: read.WHEELHOUSE_FILE_LIMIT,
      most: read.WHEELHOUSE_FILES_A_CONVERSATION,
      media_types: read.WHEELHOUSE_FILE_TYPES ?? null,
    },
    log: read.WHEELHOUSE_LOG,
    pool: read.WHEELHOUSE_POOL,
    model: modelOf(read),
  };
}

const own_address: Partial<Record<Provider, string>> = {
  ollama: 'http://127.0.0.1:11434/v1',
};

function modelOf(read: Settings): Config['model'] {
  const { WHEELHOUSE_MODEL_PROVIDER: provider, WHEELHOUSE_MODEL_NAME: name } = read;
  if (!provider || !name) return null;
  return {
    provider,
    name,
    url: read.WHEELHOUSE_MODEL_URL ?? own_address[provider],
    key: read.WHEELHOUSE_MODEL_KEY,
    timeout_ms: read.WHEELHOUSE_MODEL_TIMEOUT_MS,
    stall_ms: read.WHEELHOUSE_MODEL_STALL_MS,
    rest_ms: read.WHEELHOUSE_MODEL_REST_MS,
  };
}

/** What a provider needs that was not given. */
function modelMistakes(read: Settings): string[] {
  const { WHEELHOUSE_MODEL_PROVIDER: provider, WHEELHOUSE_MODEL_NAME: name } = read;
  const { WHEELHOUSE_MODEL_URL: url, WHEELHOUSE_MODEL_KEY: key } = read;
  if (!provider) {
    const alone = [name, url, key].some((given) => given !== undefined);
    return alone ? [`WHEELHOUSE_MODEL_PROVIDER: one of ${providers.join(', ')}`] : [];
  }
  const needed = (field: string) => `${field}: is needed for ${provider}`;
  return [
    ...(name ? [] : [needed('WHEELHOUSE_MODEL_NAME')]),
    ...(provider === 'openai-compatible' && !url ? [needed('WHEELHOUSE_MODEL_URL')] : []),
    ...(/anthropic|google/.test(provider) && !key ? [needed('WHEELHOUSE_MODEL_KEY')] : []),
  ];
}
