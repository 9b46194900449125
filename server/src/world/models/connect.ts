import type { LanguageModel } from 'ai';
import type { ModelSettings } from '../../ports.ts';

/** A model's address is the operator's; where it points on to is not. */
const withoutRedirects: typeof fetch = (input, init) =>
  fetch(input, { ...init, redirect: 'error' });

/** The provider's part of the AI SDK, loaded when it is wanted. */
export async function connect(settings: ModelSettings): Promise<LanguageModel> {
  // Its warnings would stand in the log as lines of their own.
  (globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;
  const { provider, name, url, key } = settings;
  const given = {
    fetch: withoutRedirects,
    ...(url ? { baseURL: url } : {}),
    ...(key ? { apiKey: key } : {}),
  };
  switch (provider) {
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic(given)(name);
    case 'google':
      return (await import('@ai-sdk/google')).createGoogleGenerativeAI(given)(name);
    case 'ollama':
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      return createOpenAICompatible({ ...given, name: provider, baseURL: url as string })(name);
    }
  }
}
